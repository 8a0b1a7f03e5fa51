package io.quittance.executor.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;

/**
 * What the server holds a transaction to. A worker that stands still (a stopped process, a paused machine, a line that
 * is cut) would otherwise keep its locks for as long as it does, and commit long after it has looked at its grant.
 *
 * @param statement after which a statement is ended, waiting for locks included
 * @param silence between two statements, after which the session is ended
 */
record TransactionLimits(Duration statement, Duration silence) {
    /**
     * The last of the three is for a session that is not silent, but sends rows to somebody who takes none: a statement
     * is not ended while it writes to its line.
     */
    private static final String SET = """
            SELECT set_config('statement_timeout', ?, true),
                   set_config('idle_in_transaction_session_timeout', ?, true),
                   set_config('tcp_user_timeout', ?, true)""";

    /** Until the transaction ends. */
    void set(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(SET)) {
            query.setString(1, String.valueOf(statement.toMillis()));
            query.setString(2, String.valueOf(silence.toMillis()));
            query.setString(3, String.valueOf(silence.toMillis()));
            query.execute();
        }
    }
}
