package io.quittance.bench.peer.drive;

/**
 * One thread of a peer: approver, an executor, whoever closes.
 *
 * @param name of the thread
 * @param step does one batch of what waits, commits, and says how much it was
 * @param idle what to do when nothing waited
 */
public record Party(String name, Step step, Idle idle) {

    /** One batch of work. */
    @FunctionalInterface
    public interface Step {
        /** How much was done; 0 where nothing waited. */
        int run() throws Exception;
    }

    /** Waits until there may be work again. */
    @FunctionalInterface
    public interface Idle {
        void await() throws InterruptedException;
    }
}
