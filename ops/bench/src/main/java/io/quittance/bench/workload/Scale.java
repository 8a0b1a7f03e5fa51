package io.quittance.bench.workload;

import java.time.Duration;
import java.util.List;

/**
 * How much and how long.
 *
 * @param freshWarmUp for a JVM that has just started
 * @param warmUp for one that has been measured before
 * @param measured length of each measurement
 * @param rounds of the comparison; the other workloads take at most three
 * @param inFlight requests open at once in closed loops
 * @param waiting W3: requests that wait
 * @param expiring W4: requests that expire in the same second
 * @param expireIn W4: from the moment the template is submitted; filling and restoring has to fit
 * @param failoverWaiting W6: requests that wait in the stores that are taken over
 * @param threads W7: threads and partitions
 * @param markers W7: closed requests that the stores remember
 */
public record Scale(
        Duration freshWarmUp,
        Duration warmUp,
        Duration measured,
        int rounds,
        int inFlight,
        int waiting,
        int expiring,
        Duration expireIn,
        int failoverWaiting,
        List<Integer> threads,
        List<Integer> markers) {

    /** What the README quotes; some forty minutes. */
    public static Scale full() {
        return new Scale(
                Duration.ofSeconds(20),
                Duration.ofSeconds(3),
                Duration.ofSeconds(8),
                5,
                2_000,
                1_000_000,
                100_000,
                Duration.ofSeconds(75),
                200_000,
                List.of(1, 2, 4),
                List.of(10_000, 100_000, 1_000_000, 10_000_000));
    }

    /** Every workload once, tiny: whether it works, not how fast it is. */
    public static Scale quick() {
        return new Scale(
                Duration.ofSeconds(2),
                Duration.ofMillis(500),
                Duration.ofSeconds(2),
                1,
                50,
                2_000,
                200,
                Duration.ofSeconds(20),
                200,
                List.of(1),
                List.of(1_000));
    }

    /** Rounds of what is not compared with anybody. */
    int fewRounds() {
        return Math.min(3, rounds);
    }

    public Scale withRounds(int changed) {
        return new Scale(
                freshWarmUp,
                warmUp,
                measured,
                changed,
                inFlight,
                waiting,
                expiring,
                expireIn,
                failoverWaiting,
                threads,
                markers);
    }

    public Scale withFreshWarmUp(Duration changed) {
        return new Scale(
                changed,
                warmUp,
                measured,
                rounds,
                inFlight,
                waiting,
                expiring,
                expireIn,
                failoverWaiting,
                threads,
                markers);
    }

    public Scale withInFlight(int changed) {
        return new Scale(
                freshWarmUp,
                warmUp,
                measured,
                rounds,
                changed,
                waiting,
                expiring,
                expireIn,
                failoverWaiting,
                threads,
                markers);
    }
}
