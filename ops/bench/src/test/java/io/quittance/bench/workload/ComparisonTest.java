package io.quittance.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.bench.contender.Contender;
import io.quittance.bench.contender.Latencies;
import io.quittance.bench.contender.Measured;
import io.quittance.bench.report.Results;
import io.quittance.bench.workload.Comparison.Entrant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final Loops LOOPS =
            new Loops(Duration.ofSeconds(45), Duration.ofSeconds(3), Duration.ofSeconds(8), Duration.ZERO, 5, 2_000);

    @Test
    void aSlowOneIsMeasuredWhenItsQueuesAreFull() throws InterruptedException {
        var results = new Results();
        var slow = new Entrant("slow", new Queueing(100));
        var stage = new Stage(null, null, null, Scale.full().withLoops(LOOPS), results, line -> {});

        new Comparison(stage, List.of(slow), false).run(false, Duration.ZERO);

        assertThat(results.find("W1", "slow", "closed requests per second"))
                .hasValueSatisfying(
                        rates -> assertThat(rates.values()).hasSize(5).containsOnly(100.0));
    }

    @Test
    void aFastOneWarmsUpForNoLongerThanIsSaid() {
        assertThat(LOOPS.warmUp(OptionalDouble.empty(), 2_000)).isEqualTo(Duration.ofSeconds(45));
        assertThat(LOOPS.warmUp(OptionalDouble.of(2_700), 2_000)).isEqualTo(Duration.ofSeconds(3));
        assertThat(LOOPS.warmUp(OptionalDouble.of(100), 2_000)).isEqualTo(Duration.ofSeconds(30));
        assertThat(LOOPS.warmUp(OptionalDouble.of(0), 2_000)).isEqualTo(Duration.ofSeconds(45));
    }

    @Test
    void theFirstRoundGoesAsTheTablesDo() {
        assertThat(labels(1)).containsExactly("pipeline", "postgres, as shipped", "postgres, equal", "naive");
    }

    @Test
    void nobodyIsAlwaysFirstOrAlwaysAfterTheSameOne() {
        var first = new HashSet<String>();
        var neighbours = new ArrayList<String>();
        for (int round = 1; round <= 2; round++) {
            List<String> labels = labels(round);
            first.add(labels.get(0));
            IntStream.range(1, labels.size())
                    .mapToObj(i -> labels.get(i - 1) + " → " + labels.get(i))
                    .forEach(neighbours::add);
        }

        assertThat(first).hasSize(2);
        assertThat(neighbours).doesNotHaveDuplicates();
        assertThat(labels(2)).containsExactlyInAnyOrderElementsOf(labels(1));
    }

    private static List<String> labels(int round) {
        List<Entrant> entrants = List.of("pipeline", "postgres, as shipped", "postgres, equal", "naive").stream()
                .map(label -> new Entrant(label, new Queueing(1)))
                .toList();
        return Comparison.order(entrants, round).stream().map(Entrant::label).toList();
    }

    /** Closes nothing until everything in flight has been approved, as one does who takes turns at two queues. */
    private record Queueing(int perSecond) implements Contender {
        @Override
        public String name() {
            return "queueing";
        }

        @Override
        public Measured closedLoop(Duration warmUp, Duration measured, int inFlight) {
            Duration filled = Duration.ofSeconds(inFlight / perSecond);
            Duration end = warmUp.plus(measured);
            Duration from = warmUp.compareTo(filled) > 0 ? warmUp : filled;
            long closed = Math.max(0, end.minus(from).toMillis() * perSecond / 1_000);
            return new Measured(closed, measured, closed, closed, 0, Double.NaN, Double.NaN, null);
        }

        @Override
        public Latencies openLoop(double requestsPerSecond, Duration warmUp, Duration measured) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }
}
