package io.quittance.executor.jdbc;

import io.quittance.executor.TaskFailure;
import io.quittance.executor.Transformations;
import io.quittance.schema.Field;
import io.quittance.schema.Transformation;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Overwrites fields of a dataset's rows, row by row: keys for pseudonyms never go to the database. */
final class Anonymizer {
    /**
     * What was done.
     *
     * @param rows rows overwritten
     * @param unchanged those of them that afterwards still held a value that was to go
     */
    record Result(long rows, long unchanged) {}

    private final Connection connection;
    private final Transformations transformations;
    private final Portions portions;

    Anonymizer(Connection connection, Transformations transformations, Portions portions) {
        this.connection = connection;
        this.transformations = transformations;
        this.portions = portions;
    }

    /** The fields that anonymizing changes. */
    static List<Field> changing(List<Field> fields) {
        return fields.stream()
                .filter(field -> field.getAnonymize() != Transformation.KEEP)
                .toList();
    }

    Result anonymize(Located located, List<Field> fields) throws SQLException, TaskFailure {
        List<Column> columns = located.columns(fields);
        try (PreparedStatement select = connection.prepareStatement(select(located, columns));
                PreparedStatement update = connection.prepareStatement(update(located, columns))) {
            select.setFetchSize(portions.fetchSize(connection, located, columns));
            located.rows().bind(select, 1);
            long rows = 0;
            long unchanged = 0;
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    rows++;
                    unchanged += overwrite(located, fields, columns, row, update) ? 0 : 1;
                }
            }
            return new Result(rows, unchanged);
        }
    }

    /** Locked, so that nobody moves a row between its being read and its being written. */
    private static String select(Located located, List<Column> columns) {
        return "SELECT tableoid, ctid::text, " + list(columns, "") + " FROM "
                + located.table().quoted() + " WHERE " + located.rows().condition() + " FOR UPDATE";
    }

    private static String update(Located located, List<Column> columns) {
        return "UPDATE " + located.table().quoted() + " SET " + list(columns, " = ?")
                + " WHERE tableoid = ? AND ctid = ?::tid RETURNING " + list(columns, "");
    }

    private static String list(List<Column> columns, String suffix) {
        return columns.stream().map(column -> column.quoted() + suffix).collect(Collectors.joining(", "));
    }

    /** @return whether the row then held none of the values that were to go */
    private boolean overwrite(
            Located located, List<Field> fields, List<Column> columns, ResultSet row, PreparedStatement update)
            throws SQLException, TaskFailure {
        List<@Nullable Object> before = new ArrayList<>();
        List<@Nullable Object> wanted = new ArrayList<>();
        for (int index = 0; index < columns.size(); index++) {
            Column column = columns.get(index);
            Object value = column.read(row, index + 3);
            Object anonymized = transformations.anonymized(fields.get(index), value);
            before.add(value);
            wanted.add(Storable.in(column, anonymized, located.dataset()));
        }
        for (int index = 0; index < columns.size(); index++) {
            update.setObject(index + 1, wanted.get(index), Storable.sqlType(columns.get(index)));
        }
        update.setLong(columns.size() + 1, row.getLong(1));
        update.setString(columns.size() + 2, row.getString(2));
        try (ResultSet after = update.executeQuery()) {
            return after.next() && holdsNone(before, wanted, columns, after);
        }
    }

    private static boolean holdsNone(
            List<@Nullable Object> before, List<@Nullable Object> wanted, List<Column> columns, ResultSet after)
            throws SQLException {
        for (int index = 0; index < columns.size(); index++) {
            Object value = columns.get(index).read(after, index + 1);
            boolean wasToGo = !isSame(before.get(index), wanted.get(index));
            if (wasToGo && isSame(before.get(index), value)) {
                return false;
            }
        }
        return true;
    }

    /** Numbers by what they are worth: 100 and 100.00 are the same. */
    private static boolean isSame(@Nullable Object one, @Nullable Object other) {
        if (one instanceof BigDecimal number && other instanceof BigDecimal otherNumber) {
            return number.compareTo(otherNumber) == 0;
        }
        return Objects.deepEquals(one, other);
    }
}
