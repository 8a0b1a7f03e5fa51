package io.quittance.executor.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The subject's rows in one table: those whose column holds one of some values. The values are fixed when the rows are
 * found, so that they are still found after the rows they were found through are gone. Holds personal data.
 */
record Rows(Table table, Column column, Set<String> values) {
    /** What follows WHERE; has one parameter, which {@link #bind} sets. */
    String condition() {
        return column.isAnyOf();
    }

    /**
     * Condition that a row of some table, given by its alias, is one of these; has one parameter, too. By where the row
     * lies, as the tables may be a partitioned one and its partition.
     */
    String include(String alias) {
        return "EXISTS (SELECT FROM " + table.quoted() + " AS own WHERE own.tableoid = " + alias
                + ".tableoid AND own.ctid = " + alias + ".ctid AND " + condition() + ")";
    }

    void bind(PreparedStatement statement, int parameter) throws SQLException {
        statement.setArray(parameter, statement.getConnection().createArrayOf("text", values.toArray()));
    }

    long count(Connection connection) throws SQLException {
        String sql = "SELECT count(*) FROM " + table.quoted() + " WHERE " + condition();
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            bind(query, 1);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** Whether some row is one of these and one of those. */
    boolean overlaps(Connection connection, Rows others) throws SQLException {
        // Two datasets of one view are told by its columns alone: its rows lie nowhere.
        String isOther = table.oid() == others.table.oid() ? others.condition() : others.include("these");
        String sql = "SELECT EXISTS (SELECT FROM " + table.quoted() + " AS these WHERE " + condition() + " AND "
                + isOther + ")";
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            bind(query, 1);
            others.bind(query, 2);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    /** Bytes of some columns in the largest of these rows, as the database sends them; 0 if there is none. */
    long largest(Connection connection, List<Column> columns) throws SQLException {
        String bytes = columns.stream().map(Column::bytes).collect(Collectors.joining(" + "));
        String sql = "SELECT max(" + bytes + ") FROM " + table.quoted() + " WHERE " + condition();
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            bind(query, 1);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    long delete(Connection connection) throws SQLException {
        String sql = "DELETE FROM " + table.quoted() + " WHERE " + condition();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, 1);
            return statement.executeLargeUpdate();
        }
    }

    /**
     * The different values that another column has in these rows, as text. Blank text refers to nobody: redacted rows
     * of everybody hold it.
     */
    Set<String> valuesOf(Connection connection, Column other) throws SQLException {
        String sql = "SELECT DISTINCT " + other.quoted() + "::text FROM " + table.quoted() + " WHERE " + condition()
                + " AND btrim(" + other.quoted() + "::text, E' \\t\\n\\r') <> ''";
        List<String> found = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            bind(query, 1);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    found.add(row.getString(1));
                }
            }
        }
        return new LinkedHashSet<>(found);
    }

    /** These rows and those, of the same table and column. */
    Rows and(Rows others) {
        Set<String> all = new LinkedHashSet<>(values);
        all.addAll(others.values);
        return new Rows(table, column, all);
    }

    @Override
    public String toString() {
        return "Rows[table=" + table.name() + ", column=" + column.name() + "]";
    }
}
