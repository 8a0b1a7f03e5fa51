package io.quittance.proving.check;

import java.util.List;
import java.util.Map;

/**
 * The data map as it was published.
 *
 * @param systems datasets by system
 * @param after by system, those whose work comes first
 */
record DataMap(Map<String, List<DatasetSeen>> systems, Map<String, List<String>> after) {
    static final DataMap EMPTY = new DataMap(Map.of(), Map.of());

    /** Systems whose work comes before that of this one. */
    List<String> before(String system) {
        return after.getOrDefault(system, List.of());
    }

    /**
     * @param onDelete ERASE, ANONYMIZE or RETAIN
     * @param location table, or bucket
     * @param redacted columns that ANONYMIZE empties
     */
    record DatasetSeen(String name, String location, String onDelete, List<String> redacted) {
        boolean isRetained() {
            return onDelete.equals("RETAIN");
        }
    }
}
