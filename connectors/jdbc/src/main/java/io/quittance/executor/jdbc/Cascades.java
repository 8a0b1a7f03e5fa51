package io.quittance.executor.jdbc;

import io.quittance.executor.TaskFailure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Looks, before anything is erased, for rows that the database would delete or change along with those of the plan, and
 * that the plan says nothing of: a plan may be about a part of the system's datasets, and a database has tables that no
 * data map knows.
 *
 * <p>One step is enough. What an erased row takes along is either erased by the plan too, and then its own step is
 * looked at, or it ends the task.
 */
final class Cascades {
    private static final String PERMISSION_DENIED = "42501";

    private final Connection connection;
    private final Catalog catalog;
    private final List<Planned> plan;

    Cascades(Connection connection, Catalog catalog, List<Planned> plan) {
        this.connection = connection;
        this.catalog = catalog;
        this.plan = plan;
    }

    /** @throws TaskFailure CASCADES_BEYOND_PLAN, or PERMISSION_DENIED where that cannot be seen */
    void ensureNoneBeyondPlan() throws SQLException, TaskFailure {
        List<Planned> erased = plan.stream()
                .filter(planned -> planned.treatment() == Treatment.ERASE)
                .toList();
        if (erased.isEmpty()) {
            return;
        }
        for (CascadingKey key :
                catalog.cascadingKeys(plan.stream().map(Planned::table).toList())) {
            for (Planned planned : erased) {
                if (planned.table().oid() == key.referenced() && mayReachBeyondPlan(key)) {
                    ensureReachesNothing(key, planned.located());
                }
            }
        }
    }

    /** A reference that is emptied in a table of the plan is no row lost, and somebody has mapped that table. */
    private static boolean mayReachBeyondPlan(CascadingKey key) {
        return key.deletes() || key.known().isEmpty();
    }

    private void ensureReachesNothing(CascadingKey key, Located erased) throws SQLException, TaskFailure {
        if (reachesAnything(key, erased)) {
            throw TaskFailure.failed(
                    "CASCADES_BEYOND_PLAN",
                    "Erasing rows of dataset " + erased.dataset().getName() + " would "
                            + (key.deletes() ? "delete" : "change") + " rows of table "
                            + key.table().plain()
                            + " that the plan says nothing of (constraint " + key.name() + "): map the table, approve"
                            + " the whole of the plan, or change the constraint. Nothing was changed.");
        }
    }

    private boolean reachesAnything(CascadingKey key, Located erased) throws SQLException, TaskFailure {
        List<Rows> accounted = accountedFor(key);
        String sql = "SELECT EXISTS (SELECT FROM " + key.table().quoted() + " AS child WHERE EXISTS (SELECT FROM "
                + erased.table().quoted() + " AS parent WHERE " + key.match() + " AND "
                + erased.rows().condition() + ")"
                + accounted.stream()
                        .map(rows -> " AND NOT " + rows.include("child"))
                        .collect(Collectors.joining())
                + ")";
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            int parameter = 1;
            erased.rows().bind(query, parameter);
            for (Rows rows : accounted) {
                rows.bind(query, ++parameter);
            }
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        } catch (SQLException failure) {
            if (PERMISSION_DENIED.equals(failure.getSQLState())) {
                throw unseen(key, erased);
            }
            throw failure;
        }
    }

    /** Rows that go anyway, and retained ones: those are counted again afterwards. */
    private List<Rows> accountedFor(CascadingKey key) {
        return plan.stream()
                .filter(planned -> planned.treatment() != Treatment.ANONYMIZE)
                .filter(planned -> key.known().contains(planned.table().oid()))
                .map(planned -> planned.located().rows())
                .toList();
    }

    private static TaskFailure unseen(CascadingKey key, Located erased) {
        return TaskFailure.failed(
                "PERMISSION_DENIED",
                "Whether erasing rows of dataset " + erased.dataset().getName() + " would take rows of table "
                        + key.table().plain() + " along (constraint " + key.name()
                        + ") cannot be seen: let the executor's role read that table. Nothing was changed.");
    }
}
