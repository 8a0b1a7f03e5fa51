package io.quittance.streams.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimerTurnsTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Duration SLICE = Duration.ofMillis(10);
    private static final Object ONE = "one";
    private static final Object OTHER = "other";

    private final TimerTurns turns = new TimerTurns();

    @Test
    void recordsGetAsLongAsTimersTook() {
        assertThat(turns.mayBegin(ONE, NOW, SLICE)).isTrue();
        turns.ended(NOW, NOW.plusMillis(8));

        assertThat(turns.mayBegin(ONE, NOW.plusMillis(15), SLICE)).isFalse();
        assertThat(turns.mayBegin(ONE, NOW.plusMillis(16), SLICE)).isTrue();
    }

    @Test
    void tasksOfAThreadTakeTurns() {
        turns.mayBegin(ONE, NOW, SLICE);
        turns.ended(NOW, NOW.plusMillis(10));
        assertThat(turns.mayBegin(OTHER, NOW.plusMillis(10), SLICE)).isFalse();

        Instant rested = NOW.plusMillis(20);
        assertThat(turns.mayBegin(ONE, rested, SLICE)).as("it has had its turn").isFalse();
        assertThat(turns.mayBegin(OTHER, rested, SLICE)).isTrue();
    }

    @Test
    void nobodyWaitsForATaskThatHasNothingDue() {
        turns.mayBegin(ONE, NOW, SLICE);
        turns.ended(NOW, NOW.plusMillis(10));
        turns.mayBegin(OTHER, NOW.plusMillis(10), SLICE);
        turns.leave(OTHER);

        assertThat(turns.mayBegin(ONE, NOW.plusMillis(20), SLICE)).isTrue();
    }

    @Test
    void aClockThatIsSetBackKeepsNobodyWaiting() {
        turns.mayBegin(ONE, NOW, SLICE);
        turns.ended(NOW, NOW.plusMillis(10));

        assertThat(turns.mayBegin(ONE, NOW.minusSeconds(3600), SLICE)).isTrue();
    }
}
