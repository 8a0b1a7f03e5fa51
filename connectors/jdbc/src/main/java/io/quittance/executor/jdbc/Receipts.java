package io.quittance.executor.jdbc;

import io.quittance.schema.Dataset;
import io.quittance.schema.DatasetOutcome;
import io.quittance.schema.Grant;
import io.quittance.schema.Task;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;

/**
 * Which tasks were carried out, under which plan, and what came of it; written in the transaction that did it. Holds
 * pseudonyms and counts, no personal data.
 */
final class Receipts {
    private final TableName table;

    Receipts(TableName table) {
        this.table = table;
    }

    /** @return whether it was created, and the transaction committed with it */
    boolean createIfAbsent(Connection connection) throws SQLException {
        try (PreparedStatement exists = connection.prepareStatement("SELECT to_regclass(?) IS NOT NULL")) {
            exists.setString(1, table.quoted());
            try (ResultSet row = exists.executeQuery()) {
                row.next();
                if (row.getBoolean(1)) {
                    return false;
                }
            }
        }
        try (Statement statement = connection.createStatement()) {
            // Two executors that create the table at once would trip over each other.
            statement.execute("SELECT pg_advisory_xact_lock(hashtextextended('quittance_receipts', 0))");
            statement.execute("CREATE TABLE IF NOT EXISTS " + table.quoted() + """
                     (
                      task_id text NOT NULL,
                      plan_sha256 text NOT NULL,
                      action text NOT NULL,
                      grant_id text NOT NULL,
                      attempt integer NOT NULL,
                      outcomes text NOT NULL,
                      done_at timestamptz NOT NULL,
                      PRIMARY KEY (task_id, plan_sha256, action))""");
        }
        connection.commit();
        return true;
    }

    /** Until the transaction ends, nobody else carries out this task. */
    void lock(Connection connection, Task task) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT pg_advisory_xact_lock(hashtextextended(?, 1))")) {
            statement.setString(1, task.getTaskId());
            statement.execute();
        }
    }

    /** What came of the task under the same plan, or an empty list if it was not carried out. */
    List<DatasetOutcome> find(Connection connection, Task task) throws SQLException {
        String sql = "SELECT outcomes, grant_id FROM " + table.quoted()
                + " WHERE task_id = ? AND plan_sha256 = ? AND action = ?";
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            bindKey(query, task);
            try (ResultSet row = query.executeQuery()) {
                if (!row.next() || !answersUnder(row.getString(2), task)) {
                    return List.of();
                }
                List<DatasetOutcome> outcomes = ReceiptText.read(row.getString(1));
                return coversSameDatasets(outcomes, task) ? outcomes : List.of();
            }
        }
    }

    /** What was erased is so under any grant; a document is one grant's, and may have been removed since it ended. */
    private static boolean answersUnder(String grantId, Task task) {
        return switch (task.getAction()) {
            case ACCESS, EXPORT -> grantId.equals(task.getGrant().getGrantId());
            case DELETE, ANONYMIZE, UNKNOWN -> true;
        };
    }

    /** A plan that nobody was asked about has no hash: two of them are told apart by what they are about. */
    private static boolean coversSameDatasets(List<DatasetOutcome> outcomes, Task task) {
        return outcomes.stream()
                .map(DatasetOutcome::getDataset)
                .toList()
                .equals(task.getDatasets().stream().map(Dataset::getName).toList());
    }

    void write(Connection connection, Task task, List<DatasetOutcome> outcomes, Instant now) throws SQLException {
        String sql = "INSERT INTO " + table.quoted()
                + " (task_id, plan_sha256, action, grant_id, attempt, outcomes, done_at) VALUES (?, ?, ?, ?, ?, ?, ?)"
                + " ON CONFLICT (task_id, plan_sha256, action) DO UPDATE SET grant_id = excluded.grant_id,"
                + " attempt = excluded.attempt, outcomes = excluded.outcomes, done_at = excluded.done_at";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bindKey(statement, task);
            statement.setString(4, task.getGrant().getGrantId());
            statement.setInt(5, task.getAttempt());
            statement.setString(6, ReceiptText.write(outcomes));
            statement.setTimestamp(7, Timestamp.from(now));
            statement.executeUpdate();
        }
    }

    private static void bindKey(PreparedStatement statement, Task task) throws SQLException {
        statement.setString(1, task.getTaskId());
        statement.setString(2, scope(task.getGrant()));
        statement.setString(3, task.getAction().name());
    }

    /** The plan, and what an approver narrowed it to: what was done for a part does not answer for the whole. */
    private static String scope(Grant grant) {
        return grant.getCategories().isEmpty()
                ? grant.getPlanSha256()
                : grant.getPlanSha256() + " " + String.join(",", new TreeSet<>(grant.getCategories()));
    }
}
