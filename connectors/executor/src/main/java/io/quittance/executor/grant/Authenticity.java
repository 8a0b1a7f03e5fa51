package io.quittance.executor.grant;

import io.quittance.executor.TaskFailure;
import io.quittance.schema.Task;

/** Whether the pipeline issued a task, exactly as it came. Thread-safe. */
@FunctionalInterface
public interface Authenticity extends AutoCloseable {
    /** Trusts the topic's ACL: whoever could write the task there was the pipeline. */
    Authenticity BY_TOPIC = task -> {};

    /**
     * Returns if the task is the pipeline's.
     *
     * @throws TaskFailure a refusal: GRANT_SIGNATURE_MISSING, GRANT_SIGNATURE_INVALID, GRANT_SIGNATURE_KEY_UNKNOWN or
     *     GRANT_ALTERED; or retryable, GRANT_KEYS_UNAVAILABLE, when nobody can tell at present
     */
    void ensureGenuine(Task task) throws TaskFailure;

    @Override
    default void close() {}
}
