package io.quittance.executor.jdbc;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A table as the database has it.
 *
 * @param oid the database's own number for it
 * @param columns by name, in the table's order
 */
record Table(TableName name, long oid, Map<String, Column> columns) {
    @Nullable
    Column column(String column) {
        return columns.get(column);
    }

    String quoted() {
        return name.quoted();
    }
}
