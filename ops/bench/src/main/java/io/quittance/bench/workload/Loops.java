package io.quittance.bench.workload;

import java.time.Duration;
import java.util.OptionalDouble;

/**
 * How long is measured.
 *
 * @param freshWarmUp for a JVM that has just started
 * @param warmUp for one that has been measured before, at least
 * @param measured length of each measurement
 * @param quietWithin how long the machine is waited for to be idle before each
 * @param rounds of the comparison; the other workloads take at most three
 * @param inFlight requests open at once in closed loops; some contenders have more
 */
public record Loops(
        Duration freshWarmUp, Duration warmUp, Duration measured, Duration quietWithin, int rounds, int inFlight) {

    /** Of the time that all open requests take: so long, and queues are as long as they will be. */
    private static final double STEADY = 1.5;

    /**
     * For one that takes part in several rounds. While its queues still fill, the publisher has the processor, and what
     * closes is not what it can close.
     *
     * @param rate of its earlier rounds, requests closed per second; empty before the first
     * @param open requests open at once
     */
    Duration warmUp(OptionalDouble rate, int open) {
        if (rate.isEmpty()) {
            return freshWarmUp;
        }
        var steady = Duration.ofNanos((long) (STEADY * open / rate.getAsDouble() * 1e9));
        return max(warmUp, steady.compareTo(freshWarmUp) < 0 ? steady : freshWarmUp);
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** Rounds of what is not compared with anybody. */
    int fewRounds() {
        return Math.min(3, rounds);
    }

    public Loops withRounds(int changed) {
        return new Loops(freshWarmUp, warmUp, measured, quietWithin, changed, inFlight);
    }

    public Loops withFreshWarmUp(Duration changed) {
        return new Loops(changed, warmUp, measured, quietWithin, rounds, inFlight);
    }

    public Loops withInFlight(int changed) {
        return new Loops(freshWarmUp, warmUp, measured, quietWithin, rounds, changed);
    }
}
