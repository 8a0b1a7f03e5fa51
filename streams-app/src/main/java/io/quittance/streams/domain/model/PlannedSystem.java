package io.quittance.streams.domain.model;

import java.util.List;

/**
 * What would be done in one system.
 *
 * @param mapVersion version of its data map entry
 * @param stage order of work, from 0
 */
public record PlannedSystem(String system, int mapVersion, int stage, List<String> datasets, List<String> categories) {
    public PlannedSystem {
        datasets = List.copyOf(datasets);
        categories = List.copyOf(categories);
    }
}
