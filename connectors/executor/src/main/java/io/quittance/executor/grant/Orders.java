package io.quittance.executor.grant;

import io.quittance.executor.TaskFailure;
import io.quittance.schema.Task;

/** What the pipeline and its operators have ordered since a task went out: grants revoked, work frozen. Thread-safe. */
@FunctionalInterface
public interface Orders {
    /**
     * Returns if no order stands against a task, as of the end of the topics that carry orders at the moment of the
     * call.
     *
     * @throws TaskFailure a refusal, REVOKED or FROZEN; or retryable, REVOCATIONS_UNREADABLE, when those ends could not
     *     be reached in time, or a record that cannot be read may have revoked the grant
     */
    void ensureNoneStops(Task task) throws TaskFailure, InterruptedException;
}
