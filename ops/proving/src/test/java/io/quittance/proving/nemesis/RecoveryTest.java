package io.quittance.proving.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.proving.load.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class RecoveryTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(100);

    private final List<Integer> asked = new ArrayList<>();

    @Test
    void isThereWhenTheSlowestPartitionHasComeThrough() {
        var recovery = new Recovery(probe(partition -> done(NOW.plusSeconds(partition))), LONG);
        assertThat(recovery.await()).contains(NOW.plusSeconds(3));
        assertThat(asked).containsExactly(0, 1, 2, 3);
    }

    @Test
    void isNotThereWhileOnePartitionStandsStill() {
        var recovery = new Recovery(probe(partition -> partition == 2 ? new CompletableFuture<>() : done(NOW)), SHORT);
        assertThat(recovery.await()).isEmpty();
    }

    @Test
    void asksAgainWhereNothingCameThroughAndNowhereElse() {
        var recovery = new Recovery(
                probe(partition -> partition == 2 && asked.size() < 5 ? new CompletableFuture<>() : done(NOW)), LONG);
        assertThat(recovery.await()).contains(NOW);
        assertThat(asked).containsExactly(0, 1, 2, 3, 2);
    }

    private static CompletableFuture<Instant> done(Instant at) {
        return CompletableFuture.completedFuture(at);
    }

    private Probe probe(IntFunction<CompletableFuture<Instant>> answers) {
        return new Probe() {
            @Override
            public int partitions() {
                return 4;
            }

            @Override
            public synchronized CompletableFuture<Instant> submit(int partition) {
                asked.add(partition);
                return answers.apply(partition);
            }
        };
    }
}
