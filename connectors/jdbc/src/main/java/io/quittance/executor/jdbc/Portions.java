package io.quittance.executor.jdbc;

import io.quittance.executor.TaskFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * How much of a table is held in memory while it is read. Memory that runs out would stop every task, and after a
 * restart again, since the task that needs it is still the next one.
 *
 * <p>The driver's own {@code maxResultBuffer} does not serve (42.7.14): it fetches no fewer rows, but gives the
 * connection up in the middle of the one that is too many, with the error of a broken line; and its adaptive fetch goes
 * by the rows that have come, where the next may be larger.
 *
 * @param rows most rows
 * @param bytes most bytes of them, as they are sent
 */
record Portions(int rows, int bytes) {
    /**
     * How many rows of a dataset to fetch at a time: as many as there may be if each is as large as the largest.
     *
     * @throws TaskFailure ROW_TOO_LARGE if that one alone is too large
     */
    int fetchSize(Connection connection, Located located, List<Column> columns) throws SQLException, TaskFailure {
        long largest = located.rows().largest(connection, columns);
        if (largest > bytes) {
            throw TaskFailure.failed(
                    "ROW_TOO_LARGE",
                    "A row of dataset " + located.dataset().getName()
                            + " is larger than fetch.bytes, and memory is not meant for it: raise that option.");
        }
        return (int) Math.max(1, Math.min(rows, bytes / Math.max(1, largest)));
    }
}
