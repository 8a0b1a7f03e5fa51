package io.quittance.streams.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CommitPacingTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private final CommitPacing pacing = new CommitPacing(Duration.ofMillis(15));

    @Test
    void whatWasReadAsItCameIsCommittedAtOnce() {
        assertThat(pacing.commitsFor(NOW.minusMillis(5), NOW)).isTrue();
    }

    @Test
    void notMoreOftenThanTheSpacing() {
        pacing.commitsFor(NOW, NOW);

        assertThat(pacing.commitsFor(NOW, NOW.plusMillis(14))).isFalse();
        assertThat(pacing.commitsFor(NOW, NOW.plusMillis(15))).isTrue();
    }

    @Test
    void theLongerARecordHasQueuedTheFurtherApart() {
        pacing.commitsFor(NOW, NOW);

        assertThat(pacing.commitsFor(NOW.minusMillis(20), NOW.plusMillis(59))).isFalse();
        assertThat(pacing.commitsFor(NOW.plusMillis(20), NOW.plusMillis(40))).isTrue();
    }

    @Test
    void aClockThatIsSetBackStopsNoCommits() {
        pacing.commitsFor(NOW, NOW);
        Instant earlier = NOW.minusSeconds(3600);

        assertThat(pacing.commitsFor(earlier, earlier)).isTrue();
    }
}
