package io.quittance.streams.domain.model;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/** One system of the data map. */
public record SystemEntry(
        String system,
        int version,
        Set<Action> actions,
        List<String> after,
        List<Dataset> datasets,
        Duration taskTimeout,
        int maxAttempts) {
    public SystemEntry {
        actions = Set.copyOf(actions);
        after = List.copyOf(after);
        datasets = List.copyOf(datasets);
    }
}
