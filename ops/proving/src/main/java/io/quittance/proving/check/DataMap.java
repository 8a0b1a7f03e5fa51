package io.quittance.proving.check;

import java.util.List;
import java.util.Map;

/**
 * The data map as it was published.
 *
 * @param systems datasets by system
 */
record DataMap(Map<String, List<DatasetSeen>> systems) {
    static final DataMap EMPTY = new DataMap(Map.of());

    List<DatasetSeen> datasets(String system) {
        return systems.getOrDefault(system, List.of());
    }

    /**
     * @param onDelete ERASE, ANONYMIZE or RETAIN
     * @param location table, or bucket
     * @param redacted columns that ANONYMIZE empties
     * @param kept columns that ANONYMIZE keeps
     */
    record DatasetSeen(String name, String location, String onDelete, List<String> redacted, List<String> kept) {
        boolean isRetained() {
            return onDelete.equals("RETAIN");
        }
    }
}
