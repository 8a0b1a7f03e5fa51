package io.quittance.proving.load;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** Requests whose only use is to show that the whole pipeline works. */
public interface Probe {
    /** How many partitions subjects are spread over. */
    int partitions();

    /**
     * Submits a request that needs nobody's approval, has a task in every system, and belongs to a subject of that
     * partition whom nothing else is about. Does not wait, not even for the brokers.
     *
     * @return completed with the time at which the audit was read that says it was fulfilled; never completed if it
     *     ended otherwise, and never exceptionally
     */
    CompletableFuture<Instant> submit(int partition);
}
