package io.quittance.executor.jdbc;

import io.quittance.executor.TaskFailure;
import io.quittance.schema.Dataset;
import io.quittance.schema.Field;
import java.util.ArrayList;
import java.util.List;

/** A dataset and where its rows were found before anything was touched. */
record Located(Dataset dataset, Rows rows) {
    Table table() {
        return rows.table();
    }

    /** The columns of some fields, in the same order. */
    List<Column> columns(List<Field> fields) throws TaskFailure {
        List<Column> columns = new ArrayList<>();
        for (Field field : fields) {
            columns.add(Catalog.column(dataset, table(), field.getName()));
        }
        return columns;
    }
}
