package io.quittance.executor.jdbc;

import io.quittance.executor.TaskFailure;
import io.quittance.executor.Work;
import io.quittance.schema.Dataset;
import io.quittance.schema.ForeignKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** Finds a dataset's rows: from the table that knows the subject, back along the foreign keys, to the dataset. */
final class Finder {
    private final Connection connection;
    private final Catalog catalog;
    private final Work work;

    Finder(Connection connection, Catalog catalog, Work work) {
        this.connection = connection;
        this.catalog = catalog;
        this.work = work;
    }

    /** @throws TaskFailure UNMAPPED_DATASET or BAD_IDENTIFIER */
    Rows find(Dataset dataset) throws SQLException, TaskFailure {
        List<ForeignKey> path = dataset.getLocator().getPath();
        Rows rows = start(dataset);
        for (int step = path.size() - 1; step >= 0; step--) {
            ForeignKey key = path.get(step);
            Column referenced = Catalog.column(dataset, rows.table(), key.getReferencesColumn());
            Set<String> values = rows.valuesOf(connection, referenced);
            Table referencing = tableBefore(dataset, step);
            rows = new Rows(referencing, Catalog.column(dataset, referencing, key.getColumn()), values);
        }
        return rows;
    }

    private Rows start(Dataset dataset) throws SQLException, TaskFailure {
        Table table = tableBefore(dataset, dataset.getLocator().getPath().size());
        Column column = Catalog.column(dataset, table, dataset.getLocator().getColumn());
        String identifier = work.identifier(dataset);
        Identifier.ensureFits(identifier, column, dataset);
        return new Rows(table, column, Set.of(identifier));
    }

    /** The table in which a step of the path starts; for the step after the last, the one where the path ends. */
    private Table tableBefore(Dataset dataset, int step) throws SQLException, TaskFailure {
        String location = step == 0
                ? dataset.getLocation()
                : dataset.getLocator().getPath().get(step - 1).getReferencesTable();
        return catalog.table(dataset, location);
    }
}
