package io.quittance.executor.jdbc;

import io.quittance.executor.TaskFailure;
import io.quittance.executor.Work;
import io.quittance.schema.Dataset;
import io.quittance.schema.Field;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Rows that a task leaves alone and one of its datasets finds: a data map may describe a table twice, or a partition
 * beside the whole, and a request or an approver leave one of the two out. Columns can be told apart, but a row is
 * erased whole, and a column that both describe is overwritten for both.
 */
final class Spared {
    private final Connection connection;
    private final Catalog catalog;
    private final Work work;

    Spared(Connection connection, Catalog catalog, Work work) {
        this.connection = connection;
        this.catalog = catalog;
        this.work = work;
    }

    /** @throws TaskFailure GRANT_TOO_NARROW, or what keeps the spared rows from being found */
    void ensureNoneTouched(List<Planned> plan) throws SQLException, TaskFailure {
        for (Dataset spared : Objects.requireNonNullElse(work.task().getSpared(), List.<Dataset>of())) {
            Set<Long> sharing = catalog.sharingRowsWith(catalog.table(spared, spared.getLocation()));
            for (Planned planned : plan) {
                if (sharing.contains(planned.table().oid()) && touches(planned, spared)) {
                    ensureApart(planned.located(), spared);
                }
            }
        }
    }

    private boolean touches(Planned planned, Dataset spared) {
        return switch (planned.treatment()) {
            case RETAIN -> false;
            case ERASE -> true;
            case ANONYMIZE -> overwrites(planned.located().dataset(), spared);
        };
    }

    private boolean overwrites(Dataset anonymized, Dataset spared) {
        Set<String> described = spared.getFields().stream().map(Field::getName).collect(Collectors.toSet());
        return Anonymizer.changing(work.grantedFields(anonymized)).stream()
                .map(Field::getName)
                .anyMatch(described::contains);
    }

    private void ensureApart(Located touched, Dataset spared) throws SQLException, TaskFailure {
        if (touched.rows().overlaps(connection, new Finder(connection, catalog, work).find(spared))) {
            throw TaskFailure.refused(
                    "GRANT_TOO_NARROW",
                    "Rows of dataset " + touched.dataset().getName() + " are also those of dataset " + spared.getName()
                            + ", which the task leaves alone; they cannot be erased or overwritten.");
        }
    }
}
