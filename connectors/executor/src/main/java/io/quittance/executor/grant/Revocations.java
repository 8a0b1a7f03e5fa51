package io.quittance.executor.grant;

import io.quittance.executor.TaskFailure;
import io.quittance.schema.Task;

/** Grants that were withdrawn early. Thread-safe. */
@FunctionalInterface
public interface Revocations {
    /**
     * Whether a task's grant is revoked, as of the end of the revocations topic at the moment of the call.
     *
     * @throws TaskFailure retryable, REVOCATIONS_UNREADABLE, when that end could not be reached in time, or a record
     *     that cannot be read may have revoked it
     */
    boolean isRevoked(Task task) throws TaskFailure, InterruptedException;
}
