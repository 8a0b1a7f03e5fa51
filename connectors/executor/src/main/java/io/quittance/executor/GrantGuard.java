package io.quittance.executor;

/** Says whether a task's grant still permits it, at this moment. */
@FunctionalInterface
public interface GrantGuard {
    /**
     * Returns when the grant is valid now: in its window, for this system, and not revoked as far as the end of the
     * revocations topic. A {@link DataSystem} calls it right before it makes an effect durable, so it may block for as
     * long as it takes to read that topic to its end.
     *
     * @throws TaskFailure a refusal (GRANT_EXPIRED, REVOKED, …), or a retryable failure when revocations cannot be read
     */
    void ensureValid() throws TaskFailure, InterruptedException;
}
