package io.quittance.executor.grant;

import io.quittance.executor.TaskFailure;

/** Grants that were withdrawn early. Thread-safe. */
@FunctionalInterface
public interface Revocations {
    /**
     * Whether a grant is revoked, as of the end of the revocations topic at the moment of the call.
     *
     * @throws TaskFailure retryable, REVOCATIONS_UNREADABLE, when that end could not be reached in time
     */
    boolean isRevoked(String grantId) throws TaskFailure, InterruptedException;
}
