package io.quittance.executor.jdbc;

import io.quittance.executor.TaskFailure;
import io.quittance.executor.Work;
import io.quittance.schema.Dataset;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Rows that a task leaves alone and one of its datasets finds: a data map may describe a table twice, or a partition
 * beside the whole, and a request or an approver leave one of the two out. Columns can be told apart, but a row is
 * erased whole.
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
    void ensureNoneErased(List<Planned> plan) throws SQLException, TaskFailure {
        for (Dataset spared : Objects.requireNonNullElse(work.task().getSpared(), List.<Dataset>of())) {
            Set<Long> sharing = catalog.sharingRowsWith(catalog.table(spared, spared.getLocation()));
            for (Planned planned : plan) {
                if (planned.treatment() == Treatment.ERASE
                        && sharing.contains(planned.table().oid())) {
                    ensureApart(planned.located(), spared);
                }
            }
        }
    }

    private void ensureApart(Located erased, Dataset spared) throws SQLException, TaskFailure {
        if (erased.rows().overlaps(connection, new Finder(connection, catalog, work).find(spared))) {
            throw TaskFailure.refused(
                    "GRANT_TOO_NARROW",
                    "Rows of dataset " + erased.dataset().getName() + " are also those of dataset " + spared.getName()
                            + ", which the task leaves alone; they cannot go as a whole.");
        }
    }
}
