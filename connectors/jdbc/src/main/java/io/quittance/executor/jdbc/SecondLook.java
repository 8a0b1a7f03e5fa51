package io.quittance.executor.jdbc;

import io.quittance.executor.TaskFailure;
import io.quittance.executor.Work;
import io.quittance.schema.Dataset;
import io.quittance.schema.DatasetOutcome;
import io.quittance.schema.Disposal;
import io.quittance.schema.Disposition;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The answer to a task that was carried out before: what was done stays as the receipt says, what is left is counted
 * anew. Where erased rows are back, or rows are there where none were found, or more than were anonymized, the task is
 * carried out again, and of what was erased both times count. Rows that came and may stay are told, and no reason for
 * that.
 */
final class SecondLook {
    private final Connection connection;
    private final Finder finder;
    private final Work work;

    SecondLook(Connection connection, Catalog catalog, Work work) {
        this.connection = connection;
        this.finder = new Finder(connection, catalog, work);
        this.work = work;
    }

    List<DatasetOutcome> at(List<DatasetOutcome> earlier) throws SQLException, TaskFailure {
        List<DatasetOutcome> outcomes = new ArrayList<>();
        for (DatasetOutcome outcome : earlier) {
            outcomes.add(counted(outcome));
        }
        return outcomes;
    }

    /** Whether there are rows where all were erased, none were found, or fewer were anonymized. */
    boolean isSomethingBack(List<DatasetOutcome> outcomes) {
        return outcomes.stream().anyMatch(outcome -> leftNothing(outcome) && outcome.getResidual() > 0);
    }

    /** What came of a task over both times that it was carried out. */
    static List<DatasetOutcome> inAll(List<DatasetOutcome> earlier, List<DatasetOutcome> later) {
        return later.stream()
                .map(outcome -> earlier.stream()
                        .filter(before -> before.getDataset().equals(outcome.getDataset()))
                        .findFirst()
                        .map(before -> both(before, outcome))
                        .orElse(outcome))
                .toList();
    }

    private static DatasetOutcome both(DatasetOutcome before, DatasetOutcome after) {
        if (!wasErased(before.getDisposition())) {
            return after.getDisposition() == Disposition.NOT_FOUND ? before : after;
        }
        DatasetOutcome latest = after.getDisposition() == Disposition.NOT_FOUND ? before : after;
        return DatasetOutcome.newBuilder(latest)
                .setMatched(before.getMatched() + after.getMatched())
                .setAffected(before.getAffected() + after.getAffected())
                .setResidual(after.getResidual())
                .build();
    }

    private static boolean wasErased(Disposition disposition) {
        return disposition == Disposition.ERASED || disposition == Disposition.BACKUP_UNTIL;
    }

    /** Whether rows that are there now are left over. */
    private static boolean leftNothing(DatasetOutcome outcome) {
        return wasErased(outcome.getDisposition())
                || outcome.getDisposition() == Disposition.NOT_FOUND
                || outcome.getDisposition() == Disposition.ANONYMIZED;
    }

    private DatasetOutcome counted(DatasetOutcome outcome) throws SQLException, TaskFailure {
        for (Dataset dataset : work.task().getDatasets()) {
            if (dataset.getName().equals(outcome.getDataset())) {
                return counted(outcome, new Located(dataset, finder.find(dataset)));
            }
        }
        return outcome;
    }

    private DatasetOutcome counted(DatasetOutcome outcome, Located located) throws SQLException {
        Dataset dataset = located.dataset();
        long found = located.rows().count(connection);
        DatasetOutcome.Builder counted = DatasetOutcome.newBuilder(outcome).setResidual(found);
        if (outcome.getDisposition() == Disposition.ANONYMIZED) {
            counted.setResidual(located.leftOfAnonymized(outcome.getMatched(), found, work));
        } else if (outcome.getDisposition() == Disposition.NOT_FOUND && mayStay(dataset) && found > 0) {
            counted.setDisposition(Disposition.RETAINED).setMatched(found).setLegalGround(dataset.getLegalGround());
        }
        return counted.build();
    }

    private static boolean mayStay(Dataset dataset) {
        return dataset.getOnDelete() == Disposal.RETAIN;
    }
}
