package io.quittance.proving.load;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** A request whose only use is to show that the whole pipeline works. */
@FunctionalInterface
public interface Probe {
    /**
     * Submits a request that needs nobody's approval, has a task in every system, and belongs to a subject of its own.
     * Does not wait, not even for the brokers.
     *
     * @return completed with the time at which its closed audit record was read; never completed exceptionally
     */
    CompletableFuture<Instant> submit();
}
