package io.quittance.executor.jdbc;

import io.quittance.executor.TaskFailure;
import io.quittance.executor.Work;
import io.quittance.executor.export.ExportKey;
import io.quittance.executor.export.ExportStore;
import io.quittance.schema.Action;
import io.quittance.schema.Dataset;
import io.quittance.schema.DatasetOutcome;
import io.quittance.schema.Disposition;
import io.quittance.schema.Task;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One task in one transaction: all of it and its receipt, or nothing. */
final class TaskTransaction {
    /**
     * How long an export may be silent while the object store has the word. Between two reads of rows lie parts of the
     * document, between the last one and the receipt the last part, the completion, and perhaps reading what is there
     * already; the store's client gives each call 3 minutes. An export holds no lock on rows, so this may be long.
     */
    private static final Duration AT_THE_STORE = Duration.ofMinutes(15);

    private final Connection connection;
    private final Receipts receipts;
    private final ExportStore store;
    private final JdbcConfig config;
    private final Clock clock;
    private final Catalog catalog;

    TaskTransaction(Connection connection, Receipts receipts, ExportStore store, JdbcConfig config, Clock clock) {
        this.connection = connection;
        this.receipts = receipts;
        this.store = store;
        this.config = config;
        this.clock = clock;
        this.catalog = new Catalog(connection);
    }

    List<DatasetOutcome> carryOut(Work work) throws SQLException, TaskFailure, InterruptedException {
        begin(work.task());
        List<DatasetOutcome> earlier = receipts.find(connection, work.task());
        return switch (work.task().getAction()) {
            case ACCESS, EXPORT -> earlier.isEmpty() ? export(work) : earlier;
            case DELETE, ANONYMIZE -> earlier.isEmpty() ? dispose(work, earlier) : answerAgain(work, earlier);
            case UNKNOWN -> throw TaskFailure.refused("UNKNOWN_ACTION", "This executor does not know the action.");
        };
    }

    private List<DatasetOutcome> answerAgain(Work work, List<DatasetOutcome> earlier)
            throws SQLException, TaskFailure, InterruptedException {
        SecondLook secondLook = new SecondLook(connection, catalog, work);
        List<DatasetOutcome> now = secondLook.at(earlier);
        return secondLook.isSomethingBack(now) ? dispose(work, earlier) : now;
    }

    /**
     * What came of the task before. Waits for whoever is at work on it: until that transaction has ended, nobody can
     * say that nothing was done.
     */
    List<DatasetOutcome> earlierOutcomes(Task task) throws SQLException, TaskFailure, InterruptedException {
        begin(task);
        List<DatasetOutcome> earlier = receipts.find(connection, task);
        return earlier.isEmpty() && isExport(task.getAction()) ? documented(task) : earlier;
    }

    /** What is told by a document whose writer was stopped before it could commit the receipt. */
    private List<DatasetOutcome> documented(Task task) throws TaskFailure, InterruptedException {
        return store.find(ExportKey.document(task))
                .map(document -> document.outcomes(task))
                .orElse(List.of());
    }

    private void begin(Task task) throws SQLException {
        TransactionLimits limits = limits(task.getAction());
        limits.set(connection);
        if (receipts.createIfAbsent(connection)) {
            // The transaction with the limits was committed.
            limits.set(connection);
        }
        receipts.lock(connection, task);
    }

    private TransactionLimits limits(Action action) {
        Duration silence = config.silence();
        return new TransactionLimits(
                config.statementTimeout(), isExport(action) ? silence.plus(AT_THE_STORE) : silence);
    }

    private static boolean isExport(Action action) {
        return action == Action.ACCESS || action == Action.EXPORT;
    }

    private List<DatasetOutcome> export(Work work) throws SQLException, TaskFailure, InterruptedException {
        List<DatasetOutcome> outcomes =
                new Exporter(connection, store, config.portions(), clock).export(work, located(work));
        receipts.write(connection, work.task(), outcomes, clock.instant());
        connection.commit();
        return outcomes;
    }

    private List<DatasetOutcome> dispose(Work work, List<DatasetOutcome> earlier)
            throws SQLException, TaskFailure, InterruptedException {
        List<DatasetOutcome> outcomes =
                new Disposer(connection, catalog, work, config.portions(), clock).dispose(located(work));
        if (outcomes.stream().anyMatch(outcome -> outcome.getDisposition() == Disposition.FAILED)) {
            return undone(outcomes);
        }
        List<DatasetOutcome> inAll = SecondLook.inAll(earlier, outcomes);
        receipts.write(connection, work.task(), inAll, clock.instant());
        work.guard().ensureValid();
        connection.commit();
        return inAll;
    }

    /** Something was left: nothing is kept of the rest either, and no outcome may claim otherwise. */
    private List<DatasetOutcome> undone(List<DatasetOutcome> outcomes) throws SQLException {
        connection.rollback();
        return outcomes.stream()
                .map(outcome -> DatasetOutcome.newBuilder()
                        .setDataset(outcome.getDataset())
                        .setDisposition(Disposition.FAILED)
                        .setMatched(outcome.getMatched())
                        .setAffected(0)
                        .setResidual(Math.max(outcome.getMatched(), outcome.getResidual()))
                        .build())
                .toList();
    }

    private List<Located> located(Work work) throws SQLException, TaskFailure {
        Finder finder = new Finder(connection, catalog, work);
        List<Located> located = new ArrayList<>();
        for (Dataset dataset : work.task().getDatasets()) {
            located.add(new Located(dataset, finder.find(dataset)));
        }
        return located;
    }
}
