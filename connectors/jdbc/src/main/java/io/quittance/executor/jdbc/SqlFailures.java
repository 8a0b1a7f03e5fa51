package io.quittance.executor.jdbc;

import io.quittance.executor.TaskFailure;
import io.quittance.schema.Dataset;
import io.quittance.schema.Disposal;
import io.quittance.schema.Task;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Says what a database's error means for a task. The server's own message is left out: it quotes values. */
final class SqlFailures {
    private SqlFailures() {}

    static TaskFailure explain(SQLException failure, Task task) {
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        String suffix = state.isEmpty() ? "." : " (SQLSTATE " + state + ").";
        return switch (state) {
            case "40001", "40P01" ->
                TaskFailure.retryable("DATABASE_CONFLICT", "Another transaction was in the way" + suffix);
            case "55P03", "57014" ->
                TaskFailure.retryable("DATABASE_TIMEOUT", "A statement or lock took too long" + suffix);
            case "25P03", "25P04" ->
                TaskFailure.retryable(
                        "DATABASE_TIMEOUT",
                        "The executor stood still, or took too long, and the server ended its transaction" + suffix);
            case "25006" -> TaskFailure.retryable("DATABASE_READ_ONLY", "The database takes no writes now" + suffix);
            case "42501" ->
                TaskFailure.failed(
                        "PERMISSION_DENIED", "The executor's role lacks a permission in the database" + suffix);
            case "23503" -> foreignKey(serverMessage(failure), task);
            default -> byClass(state.length() < 2 ? "" : state.substring(0, 2), suffix, failure);
        };
    }

    private static TaskFailure byClass(String stateClass, String suffix, SQLException failure) {
        return switch (stateClass) {
            case "", "08", "53", "57", "58" ->
                TaskFailure.retryable("DATABASE_UNAVAILABLE", "The database did not answer" + suffix);
            case "28" -> TaskFailure.retryable("DATABASE_LOGIN_REFUSED", "The database refused the login" + suffix);
            case "22" ->
                TaskFailure.failed(
                        "UNSUITABLE_VALUE",
                        "A value did not suit the column it is compared with or written to" + suffix);
            case "23" ->
                TaskFailure.failed(
                        "CONSTRAINT_VIOLATED",
                        "Constraint " + constraint(serverMessage(failure)) + " forbids it" + suffix);
            case "42" ->
                TaskFailure.failed(
                        "UNMAPPED_DATASET", "The database does not have what the data map says it has" + suffix);
            default -> TaskFailure.retryable("DATABASE_ERROR", "The database reported an error" + suffix);
        };
    }

    private static TaskFailure foreignKey(@Nullable ServerErrorMessage message, Task task) {
        String table = message == null ? null : message.getTable();
        if (message == null || table == null) {
            return TaskFailure.failed("REFERENCED", "A foreign key still refers to rows that were to go.");
        }
        String referring = message.getSchema() + "." + table;
        Dataset retained = retainedIn(task.getDatasets(), message.getSchema(), table);
        if (retained != null) {
            return TaskFailure.failed(
                    "REFERENCED_BY_RETAINED",
                    "Rows that dataset " + retained.getName() + " retains refer to rows that were to be erased"
                            + " (constraint " + constraint(message)
                            + "): map the dataset they refer to as ANONYMIZE. Nothing was changed.");
        }
        return TaskFailure.failed(
                "REFERENCED",
                "Rows of table " + referring + ", which is not among the task's datasets or still has rows of others,"
                        + " refer to rows that were to go (constraint " + constraint(message)
                        + "). Nothing was changed.");
    }

    private static @Nullable Dataset retainedIn(List<Dataset> datasets, @Nullable String schema, String table) {
        return datasets.stream()
                .filter(dataset -> dataset.getOnDelete() == Disposal.RETAIN)
                .filter(dataset -> dataset.getLocation().equals(table)
                        || dataset.getLocation().equals(schema + "." + table))
                .findFirst()
                .orElse(null);
    }

    private static String constraint(@Nullable ServerErrorMessage message) {
        String name = message == null ? null : message.getConstraint();
        return name == null ? "without a name" : name;
    }

    private static @Nullable ServerErrorMessage serverMessage(SQLException failure) {
        return failure instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
    }
}
