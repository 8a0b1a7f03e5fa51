package io.quittance.bench.workload;

import java.time.Duration;

/**
 * How long is measured.
 *
 * @param freshWarmUp for a JVM that has just started
 * @param warmUp for one that has been measured before
 * @param measured length of each measurement
 * @param quietWithin how long the machine is waited for to be idle before each
 * @param rounds of the comparison; the other workloads take at most three
 * @param inFlight requests open at once in closed loops
 */
public record Loops(
        Duration freshWarmUp, Duration warmUp, Duration measured, Duration quietWithin, int rounds, int inFlight) {

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
