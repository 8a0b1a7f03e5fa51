package io.quittance.streams.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CommitPacingTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Duration SPACING = Duration.ofMillis(15);

    private final CommitPacing pacing = new CommitPacing();

    @Test
    void nothingUrgentNeedsNoCommit() {
        assertThat(pacing.commitsAt(NOW)).isFalse();
    }

    @Test
    void whatWasReadAsItCameIsCommittedAtOnceAndOnce() {
        pacing.want(NOW.minusMillis(5), NOW, SPACING);

        assertThat(pacing.commitsAt(NOW)).isTrue();
        assertThat(pacing.commitsAt(NOW.plusMillis(100))).isFalse();
    }

    @Test
    void whatComesTooSoonIsOwedAndMadeUpFor() {
        committedNow();
        pacing.want(NOW.plusMillis(1), NOW.plusMillis(1), SPACING);

        assertThat(pacing.commitsAt(NOW.plusMillis(14))).isFalse();
        assertThat(pacing.commitsAt(NOW.plusMillis(15))).isTrue();
    }

    @Test
    void theLongerARecordHasQueuedTheFurtherApart() {
        committedNow();
        pacing.want(NOW.minusMillis(20), NOW.plusMillis(30), SPACING);

        assertThat(pacing.commitsAt(NOW.plusMillis(49))).isFalse();
        assertThat(pacing.commitsAt(NOW.plusMillis(50))).isTrue();
    }

    @Test
    void whoeverMayCommitFirstTakesTheOthersAlong() {
        committedNow();
        pacing.want(NOW.minusMillis(80), NOW.plusMillis(5), SPACING);
        pacing.want(NOW.plusMillis(5), NOW.plusMillis(5), SPACING);

        assertThat(pacing.commitsAt(NOW.plusMillis(15))).isTrue();
        assertThat(pacing.commitsAt(NOW.plusMillis(200))).isFalse();
    }

    @Test
    void aClockThatIsSetBackStopsNoCommits() {
        committedNow();
        Instant earlier = NOW.minusSeconds(3600);
        pacing.want(earlier, earlier, SPACING);

        assertThat(pacing.commitsAt(earlier)).isTrue();
    }

    private void committedNow() {
        pacing.want(NOW, NOW, SPACING);
        assertThat(pacing.commitsAt(NOW)).isTrue();
    }
}
