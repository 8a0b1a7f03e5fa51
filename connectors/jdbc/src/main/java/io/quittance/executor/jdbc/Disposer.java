package io.quittance.executor.jdbc;

import io.quittance.executor.TaskFailure;
import io.quittance.executor.Work;
import io.quittance.schema.Dataset;
import io.quittance.schema.DatasetOutcome;
import io.quittance.schema.Disposition;
import io.quittance.schema.Field;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Erases, anonymizes and retains, then looks again. Everything happens in the caller's transaction.
 *
 * <p>What is left (the residual) of an erased dataset are rows that are still found, through what led to them before or
 * through what leads to them now. Of an anonymized one: rows that kept a value that was to go, rows that are still
 * found by an identifier that was to go, and rows that came since. Of a retained one: the rows that are there.
 */
final class Disposer {
    private record Done(Treatment treatment, long matched, long affected, long unchanged) {}

    private final Connection connection;
    private final Catalog catalog;
    private final Work work;
    private final Portions portions;
    private final Clock clock;

    Disposer(Connection connection, Catalog catalog, Work work, Portions portions, Clock clock) {
        this.connection = connection;
        this.catalog = catalog;
        this.work = work;
        this.portions = portions;
        this.clock = clock;
    }

    /** @return outcomes in the task's order; FAILED where something is left that should not be */
    List<DatasetOutcome> dispose(List<Located> datasets) throws SQLException, TaskFailure {
        List<Planned> plan = plan(DisposalOrder.of(datasets, catalog));
        new Spared(connection, catalog, work).ensureNoneTouched(plan);
        new Cascades(connection, catalog, plan).ensureNoneBeyondPlan();
        constraints("DEFERRED");
        Map<String, Done> done = new HashMap<>();
        for (Planned planned : plan) {
            done.put(planned.located().dataset().getName(), treat(planned.located(), planned.treatment()));
        }
        constraints("IMMEDIATE");
        return lookAgain(datasets, done);
    }

    /** Retained rows come first: they are counted before anything could cascade into them. */
    private List<Planned> plan(List<Located> ordered) throws TaskFailure {
        List<Planned> plan = new ArrayList<>();
        for (Located located : ordered) {
            plan.add(new Planned(located, Treatment.of(located.dataset(), work)));
        }
        plan.sort(Comparator.comparing(planned -> planned.treatment() != Treatment.RETAIN));
        return plan;
    }

    private List<DatasetOutcome> lookAgain(List<Located> datasets, Map<String, Done> done)
            throws SQLException, TaskFailure {
        Finder finder = new Finder(connection, catalog, work);
        List<DatasetOutcome> outcomes = new ArrayList<>();
        for (Located located : datasets) {
            Done result = Objects.requireNonNull(done.get(located.dataset().getName()));
            long found = located.rows().and(finder.find(located.dataset())).count(connection);
            outcomes.add(outcome(located, result, found));
        }
        return outcomes;
    }

    private Done treat(Located located, Treatment treatment) throws SQLException, TaskFailure {
        return switch (treatment) {
            case RETAIN -> new Done(treatment, located.rows().count(connection), 0, 0);
            case ERASE -> {
                long erased = located.rows().delete(connection);
                yield new Done(treatment, erased, erased, 0);
            }
            case ANONYMIZE -> anonymize(located);
        };
    }

    private Done anonymize(Located located) throws SQLException, TaskFailure {
        List<Field> fields = Anonymizer.changing(work.grantedFields(located.dataset()));
        if (fields.isEmpty()) {
            return new Done(Treatment.ANONYMIZE, located.rows().count(connection), 0, 0);
        }
        Anonymizer.Result result =
                new Anonymizer(connection, work.transformations(), portions).anonymize(located, fields);
        return new Done(Treatment.ANONYMIZE, result.rows(), result.rows(), result.unchanged());
    }

    private void constraints(String mode) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET CONSTRAINTS ALL " + mode);
        }
    }

    private DatasetOutcome outcome(Located located, Done result, long found) throws TaskFailure {
        Dataset dataset = located.dataset();
        ensureStillRetained(dataset, result, found);
        long residual = residual(located, result, found);
        DatasetOutcome.Builder outcome = DatasetOutcome.newBuilder()
                .setDataset(dataset.getName())
                .setMatched(Math.max(result.matched(), residual))
                .setAffected(result.affected())
                .setResidual(residual);
        if (result.treatment().leavesNothing() && residual > 0) {
            return outcome.setDisposition(Disposition.FAILED).build();
        }
        if (result.matched() == 0) {
            return outcome.setDisposition(Disposition.NOT_FOUND).build();
        }
        return described(outcome, dataset, result).build();
    }

    private DatasetOutcome.Builder described(DatasetOutcome.Builder outcome, Dataset dataset, Done result) {
        boolean inBackups = dataset.getBackupDays() > 0 && result.treatment() != Treatment.RETAIN;
        if (inBackups) {
            outcome.setBackupUntil(clock.instant().plus(Duration.ofDays(dataset.getBackupDays())));
        }
        return switch (result.treatment()) {
            case ERASE -> outcome.setDisposition(inBackups ? Disposition.BACKUP_UNTIL : Disposition.ERASED);
            case ANONYMIZE -> outcome.setDisposition(Disposition.ANONYMIZED);
            case RETAIN -> outcome.setDisposition(Disposition.RETAINED).setLegalGround(dataset.getLegalGround());
        };
    }

    private static void ensureStillRetained(Dataset dataset, Done result, long found) throws TaskFailure {
        if (result.treatment() == Treatment.RETAIN && found < result.matched()) {
            throw TaskFailure.failed(
                    "RETAINED_ROWS_LOST",
                    "Rows of dataset " + dataset.getName()
                            + " are to be retained, and a cascade or trigger of the database would have taken some"
                            + " away. Nothing was changed.");
        }
    }

    private long residual(Located located, Done result, long found) {
        return switch (result.treatment()) {
            case ERASE, RETAIN -> found;
            case ANONYMIZE -> result.unchanged() + located.leftOfAnonymized(result.matched(), found, work);
        };
    }
}
