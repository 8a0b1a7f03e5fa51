package io.quittance.streams.domain.limit;

import io.quittance.streams.domain.model.Action;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A limit in force.
 *
 * @param systems whose attempts count; empty means all
 * @param actions that count; empty means all
 * @param concurrent most attempts out at once; null sets none
 * @param rate most attempts in a time; null sets none
 */
public record Limit(
        String name,
        int version,
        Set<String> systems,
        Set<Action> actions,
        @Nullable Integer concurrent,
        @Nullable Rate rate) {
    public Limit {
        systems = Set.copyOf(systems);
        actions = Set.copyOf(actions);
    }

    /** So many in any window of this length, wherever it begins. */
    public record Rate(int count, Duration window) {}

    public boolean covers(Work work) {
        return (systems.isEmpty() || systems.contains(work.system()))
                && (actions.isEmpty() || actions.contains(work.action()));
    }
}
