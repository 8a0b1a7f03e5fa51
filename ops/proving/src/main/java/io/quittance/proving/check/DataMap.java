package io.quittance.proving.check;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The data map as it was published.
 *
 * @param systems datasets by system
 * @param after by system, those whose work comes first
 * @param actions by system, what it can carry out
 * @param changed systems whose entry was replaced or taken away during the run
 */
record DataMap(
        Map<String, List<DatasetSeen>> systems,
        Map<String, List<String>> after,
        Map<String, List<String>> actions,
        Set<String> changed) {
    static final DataMap EMPTY = new DataMap(Map.of(), Map.of(), Map.of(), Set.of());

    /** Systems whose work comes before that of this one. */
    List<String> before(String system) {
        return after.getOrDefault(system, List.of());
    }

    boolean lists(String system, String action) {
        return actions.getOrDefault(system, List.of()).contains(action);
    }

    /**
     * @param onDelete ERASE, ANONYMIZE or RETAIN
     * @param location table, or bucket
     * @param categories of data, of all its columns
     * @param redacted columns that ANONYMIZE empties
     */
    record DatasetSeen(String name, String location, String onDelete, List<String> categories, List<String> redacted) {
        boolean isRetained() {
            return onDelete.equals("RETAIN");
        }
    }
}
