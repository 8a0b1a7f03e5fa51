package io.quittance.executor.jdbc;

import io.quittance.executor.TaskFailure;
import io.quittance.schema.Dataset;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the database says about its tables, read once per task: data maps and databases drift apart. */
final class Catalog {
    /** A domain may be one over a domain; the last in that line has the modifier. */
    private static final String COLUMNS = """
            SELECT c.oid, a.attname, format_type(base.type, NULL), a.attnotnull, base.modifier
            FROM pg_catalog.pg_class c
            JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            CROSS JOIN LATERAL (
              WITH RECURSIVE below (type, modifier) AS (
                SELECT a.atttypid, a.atttypmod
                UNION ALL
                SELECT d.typbasetype, d.typtypmod
                FROM below JOIN pg_catalog.pg_type d ON d.oid = below.type AND d.typtype = 'd'
              )
              SELECT below.type, below.modifier
              FROM below JOIN pg_catalog.pg_type t ON t.oid = below.type AND t.typtype <> 'd'
            ) base
            WHERE c.oid = to_regclass(?) AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
            ORDER BY a.attnum""";

    private static final String FOREIGN_KEYS = """
            SELECT conrelid, confrelid FROM pg_catalog.pg_constraint
            WHERE contype = 'f' AND conrelid = ANY (?) AND confrelid = ANY (?) AND conrelid <> confrelid""";
    /** Upwards from all that lies below: a table may inherit from two, and then has rows of both. */
    private static final String SHARING_ROWS = """
            WITH RECURSIVE below (relation) AS (
              SELECT ?::oid
              UNION
              SELECT i.inhrelid FROM below JOIN pg_catalog.pg_inherits i ON i.inhparent = below.relation
            ), sharing (relation) AS (
              SELECT relation FROM below
              UNION
              SELECT i.inhparent FROM sharing JOIN pg_catalog.pg_inherits i ON i.inhrelid = sharing.relation
            )
            SELECT relation FROM sharing""";
    /** A constraint of a partitioned table is there again for each partition; the copies are left out. */
    private static final String CASCADING_KEYS = """
            WITH RECURSIVE below (asked, relation) AS (
              SELECT oid, oid FROM unnest(?::oid[]) AS given (oid)
              UNION
              SELECT below.asked, i.inhrelid
              FROM below JOIN pg_catalog.pg_inherits i ON i.inhparent = below.relation
            ), above (asked, relation) AS (
              SELECT oid, oid FROM unnest(?::oid[]) AS given (oid)
              UNION
              SELECT above.asked, i.inhparent
              FROM above JOIN pg_catalog.pg_inherits i ON i.inhrelid = above.relation
            ), related AS (
              SELECT asked, relation FROM below UNION SELECT asked, relation FROM above
            )
            SELECT k.conname, referenced.asked, n.nspname, c.relname, k.confdeltype = 'c',
                   ARRAY(SELECT known.asked::bigint FROM related known WHERE known.relation = k.conrelid),
                   (SELECT string_agg(
                             format('parent.%I OPERATOR(%I.%s) child.%I', p.attname, s.nspname, o.oprname, a.attname),
                             ' AND ')
                    FROM unnest(k.confkey, k.conkey, k.conpfeqop) AS pair (parent, child, operator)
                    JOIN pg_catalog.pg_attribute p ON p.attrelid = k.confrelid AND p.attnum = pair.parent
                    JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = pair.child
                    JOIN pg_catalog.pg_operator o ON o.oid = pair.operator
                    JOIN pg_catalog.pg_namespace s ON s.oid = o.oprnamespace)
            FROM pg_catalog.pg_constraint k
            JOIN related referenced ON referenced.relation = k.confrelid
            JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE k.contype = 'f' AND k.confdeltype IN ('c', 'n', 'd') AND k.conparentid = 0
            ORDER BY n.nspname, c.relname, k.conname""";
    /** Length of the header that a limited text type's modifier counts in. */
    private static final int MODIFIER_HEADER = 4;

    private final Connection connection;
    private final Map<TableName, Table> tables = new HashMap<>();

    Catalog(Connection connection) {
        this.connection = connection;
    }

    /** @throws TaskFailure UNMAPPED_DATASET if there is no such table */
    Table table(Dataset dataset, String location) throws SQLException, TaskFailure {
        TableName name = parse(dataset, location);
        Table known = tables.get(name);
        if (known != null) {
            return known;
        }
        Table found = find(name);
        if (found == null) {
            throw unmapped(dataset, "table " + location + " does not exist");
        }
        tables.put(name, found);
        return found;
    }

    /** @throws TaskFailure UNMAPPED_DATASET if the table has no such column */
    static Column column(Dataset dataset, Table table, String name) throws TaskFailure {
        Column column = table.column(name);
        if (column == null) {
            throw unmapped(dataset, "table " + table.name().plain() + " has no column " + name);
        }
        return column;
    }

    /** For each of these tables, those of them that it has foreign keys to. */
    Map<Long, Set<Long>> foreignKeys(Collection<Table> among) throws SQLException {
        Array oids = oids(among);
        Map<Long, Set<Long>> references = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(FOREIGN_KEYS)) {
            query.setArray(1, oids);
            query.setArray(2, oids);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    references
                            .computeIfAbsent(row.getLong(1), child -> new HashSet<>())
                            .add(row.getLong(2));
                }
            }
        }
        return references;
    }

    /** The tables that may have rows in common with this one: itself, partitions of it, what it is a partition of. */
    Set<Long> sharingRowsWith(Table table) throws SQLException {
        Set<Long> sharing = new HashSet<>();
        try (PreparedStatement query = connection.prepareStatement(SHARING_ROWS)) {
            query.setLong(1, table.oid());
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    sharing.add(row.getLong(1));
                }
            }
        }
        return sharing;
    }

    /** The foreign keys by which rows go or change when rows of one of these tables are deleted. */
    List<CascadingKey> cascadingKeys(Collection<Table> of) throws SQLException {
        Array oids = oids(of);
        List<CascadingKey> keys = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(CASCADING_KEYS)) {
            query.setArray(1, oids);
            query.setArray(2, oids);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    keys.add(new CascadingKey(
                            row.getString(1),
                            row.getLong(2),
                            new TableName(List.of(row.getString(3), row.getString(4))),
                            row.getBoolean(5),
                            Set.copyOf(Arrays.asList((Long[]) row.getArray(6).getArray())),
                            row.getString(7)));
                }
            }
        }
        return keys;
    }

    private Array oids(Collection<Table> tables) throws SQLException {
        return connection.createArrayOf(
                "oid", tables.stream().map(Table::oid).distinct().toArray());
    }

    private static TableName parse(Dataset dataset, String location) throws TaskFailure {
        try {
            return TableName.parse(location);
        } catch (IllegalArgumentException illegal) {
            throw unmapped(dataset, "its location is not a table or schema.table");
        }
    }

    private @Nullable Table find(TableName name) throws SQLException {
        Map<String, Column> columns = new LinkedHashMap<>();
        long oid = 0;
        try (PreparedStatement query = connection.prepareStatement(COLUMNS)) {
            query.setString(1, name.quoted());
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    oid = row.getLong(1);
                    Column column = column(row);
                    columns.put(column.name(), column);
                }
            }
        }
        return columns.isEmpty() ? null : new Table(name, oid, columns);
    }

    private static Column column(ResultSet row) throws SQLException {
        Column unlimited = new Column(row.getString(2), row.getString(3), !row.getBoolean(4), 0);
        int modifier = row.getInt(5);
        return unlimited.isText() && modifier > MODIFIER_HEADER
                ? new Column(unlimited.name(), unlimited.type(), unlimited.nullable(), modifier - MODIFIER_HEADER)
                : unlimited;
    }

    static TaskFailure unmapped(Dataset dataset, String why) {
        return TaskFailure.failed(
                "UNMAPPED_DATASET", "Dataset " + dataset.getName() + " is not as the data map says: " + why + ".");
    }
}
