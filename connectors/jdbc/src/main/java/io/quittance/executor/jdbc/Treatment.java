package io.quittance.executor.jdbc;

import io.quittance.executor.TaskFailure;
import io.quittance.executor.Work;
import io.quittance.schema.Action;
import io.quittance.schema.Dataset;

/** What a DELETE or ANONYMIZE does with a dataset, once it is certain that the grant and the data map agree on it. */
enum Treatment {
    ERASE,
    ANONYMIZE,
    RETAIN;

    /** @throws TaskFailure a refusal, before anything is touched */
    static Treatment of(Dataset dataset, Work work) throws TaskFailure {
        Treatment treatment = asMapped(dataset, work.task().getAction());
        if (treatment == RETAIN
                && (dataset.getLegalGround() == null || dataset.getLegalGround().isBlank())) {
            throw TaskFailure.refused(
                    "NO_LEGAL_GROUND", "Dataset " + dataset.getName() + " is to be retained, and no law is named.");
        }
        if (treatment == ERASE && !work.grantsAllOf(dataset)) {
            throw TaskFailure.refused(
                    "GRANT_TOO_NARROW",
                    "The rows of dataset " + dataset.getName()
                            + " hold categories that the grant does not cover; they cannot go as a whole.");
        }
        return treatment;
    }

    private static Treatment asMapped(Dataset dataset, Action action) throws TaskFailure {
        boolean anonymize = action == Action.ANONYMIZE;
        return switch (dataset.getOnDelete()) {
            case RETAIN -> RETAIN;
            case ERASE -> anonymize ? ANONYMIZE : ERASE;
            case ANONYMIZE -> ANONYMIZE;
            case UNKNOWN ->
                throw TaskFailure.refused(
                        "UNKNOWN_DISPOSAL",
                        "This executor does not know the disposal that dataset " + dataset.getName()
                                + " is mapped to.");
        };
    }

    /** Whether the residual must be zero. */
    boolean leavesNothing() {
        return this != RETAIN;
    }
}
