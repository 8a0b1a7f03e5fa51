package io.quittance.bench.contender;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What came of a closed loop.
 *
 * @param closed requests that closed within {@code during}
 * @param during length of what was measured
 * @param submitted requests over the whole call, warm-up and draining included
 * @param finished of these, how many closed as they were meant to, each counted once, less dead letters
 * @param doubled closings and tasks beyond the first of the same request or task
 * @param driverCores processor time of publisher, approver and executors, in cores; NaN where they cannot be told from
 *     the contender
 * @param contenderCores processor time of everything else that belongs to the contender, its database or broker
 *     included, in cores; NaN where unknown
 * @param log what it cost on the log; null for contenders without one
 */
public record Measured(
        long closed,
        Duration during,
        long submitted,
        long finished,
        long doubled,
        double driverCores,
        double contenderCores,
        @Nullable LogCost log) {

    /** Closed requests per second. */
    public double rate() {
        return closed / (during.toNanos() / 1e9);
    }

    /** Requests that were submitted and did not close as they were meant to, and dead letters. */
    public long lost() {
        return submitted - finished;
    }

    /**
     * Counted by end offsets over the whole call, every topic of the contender, changelogs and repartition topics
     * included.
     *
     * @param recordsPerRequest N: offsets per request, transaction markers counted
     * @param bytesPerRequest on disk, as the broker's log directories tell
     */
    public record LogCost(double recordsPerRequest, double bytesPerRequest) {}
}
