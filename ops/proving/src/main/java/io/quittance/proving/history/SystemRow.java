package io.quittance.proving.history;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row that was left in a table of a system when the run was over.
 *
 * @param owner customer it belongs to
 * @param digest as in {@link Subject#holdings}
 * @param columns column to value
 */
public record SystemRow(
        String system, String dataset, String owner, String digest, Map<String, @Nullable String> columns) {

    @Override
    public String toString() {
        return "SystemRow[" + system + "/" + dataset + "]";
    }
}
