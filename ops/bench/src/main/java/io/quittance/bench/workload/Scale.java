package io.quittance.bench.workload;

import java.time.Duration;
import java.util.List;

/**
 * How much.
 *
 * @param loops how long is measured
 * @param waiting W3: requests that wait
 * @param expiries W4
 * @param failOver W6
 * @param threads W7: threads and partitions
 * @param markers W7: closed requests that the stores remember
 */
public record Scale(
        Loops loops, int waiting, Expiries expiries, Failing failOver, List<Integer> threads, List<Integer> markers) {

    /**
     * W4.
     *
     * @param count requests that expire in the same second
     * @param in after their template was submitted; filling and restoring has to fit, or it is tried again with twice
     * @param observed live traffic from then on
     */
    public record Expiries(int count, Duration in, Duration observed) {}

    /**
     * W6.
     *
     * @param standbys of each store, a run for each
     * @param waiting requests that wait in the stores that are taken over
     * @param before traffic until the kill
     * @param after traffic from then on
     */
    public record Failing(List<Integer> standbys, int waiting, Duration before, Duration after) {}

    /** What the README quotes; some fifty-five minutes. */
    public static Scale full() {
        return new Scale(
                new Loops(
                        Duration.ofSeconds(45),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(8),
                        Duration.ofSeconds(10),
                        5,
                        2_000),
                1_000_000,
                new Expiries(100_000, Duration.ofSeconds(75), Duration.ofSeconds(10)),
                new Failing(List.of(0, 1), 200_000, Duration.ofSeconds(8), Duration.ofSeconds(30)),
                List.of(1, 2, 4),
                List.of(10_000, 100_000, 1_000_000, 10_000_000));
    }

    /** Every workload once, tiny: whether it works, not how fast it is. */
    public static Scale quick() {
        return new Scale(
                new Loops(Duration.ofSeconds(1), Duration.ofMillis(300), Duration.ofSeconds(1), Duration.ZERO, 1, 50),
                2_000,
                new Expiries(200, Duration.ofSeconds(12), Duration.ofSeconds(3)),
                new Failing(List.of(1), 200, Duration.ofSeconds(2), Duration.ofSeconds(8)),
                List.of(1),
                List.of(1_000));
    }

    public Scale withLoops(Loops changed) {
        return new Scale(changed, waiting, expiries, failOver, threads, markers);
    }

    public Scale withWaiting(int changed) {
        return new Scale(loops, changed, expiries, failOver, threads, markers);
    }

    public Scale withMarkers(List<Integer> changed) {
        return new Scale(loops, waiting, expiries, failOver, threads, changed);
    }
}
