package io.quittance.executor.jdbc;

import io.quittance.executor.TaskFailure;
import io.quittance.executor.Work;
import io.quittance.schema.Dataset;
import io.quittance.schema.Field;
import java.util.ArrayList;
import java.util.List;

/** A dataset and where its rows were found before anything was touched. */
record Located(Dataset dataset, Rows rows) {
    Table table() {
        return rows.table();
    }

    /** How many of the rows that are found still have, or again have, what was to go, if so many were anonymized. */
    long leftOfAnonymized(long anonymized, long found, Work work) {
        List<Field> changing = Anonymizer.changing(work.grantedFields(dataset));
        if (changing.isEmpty()) {
            return 0;
        }
        boolean foundByWhatChanged = changing.stream()
                .anyMatch(field -> field.getName().equals(rows.column().name()));
        return foundByWhatChanged ? found : Math.max(0, found - anonymized);
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
