package io.quittance.executor;

/** Says whether a task's grant still permits it, at this moment. */
@FunctionalInterface
public interface GrantGuard {
    /**
     * Returns when the grant is valid now: in its window, for this system, and neither revoked nor frozen as far as the
     * ends of the topics that would say so. A {@link DataSystem} calls it right before it makes an effect durable, so
     * it may block for as long as it takes to read them to their ends.
     *
     * @throws TaskFailure a refusal (GRANT_EXPIRED, REVOKED, FROZEN, …), or a retryable failure when orders cannot be
     *     read
     */
    void ensureValid() throws TaskFailure, InterruptedException;
}
