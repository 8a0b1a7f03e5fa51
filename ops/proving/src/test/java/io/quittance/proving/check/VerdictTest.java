package io.quittance.proving.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.proving.check.Verdict.Comparisons;
import io.quittance.proving.check.Verdict.FaultRow;
import io.quittance.proving.check.Verdict.InvariantRow;
import io.quittance.proving.history.RunInfo;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** That nothing was found proves something only if there was something to find. */
class VerdictTest {
    @Test
    void aRunAtRestInWhichAllWasLookedAtAndAllRecoveredIsGreen() {
        Verdict verdict = verdict(true, 1, 0);
        assertThat(verdict.green()).isTrue();
        assertThat(VerdictWriter.markdown(verdict)).startsWith("# Verdict: every promise was kept (");
    }

    @Test
    void aRunThatDidNotComeToRestIsNotGreen() {
        assertThat(verdict(false, 1, 0).green()).isFalse();
        assertThat(VerdictWriter.text(verdict(false, 1, 0))).contains("nothing is proven, not at rest (");
    }

    @Test
    void aPromiseThatLookedAtNothingIsNotGreen() {
        assertThat(verdict(true, 0, 0).green()).isFalse();
        assertThat(VerdictWriter.markdown(verdict(true, 0, 0)))
                .startsWith("# Verdict: nothing is proven, A4 looked at nothing (");
    }

    @Test
    void aFaultWithoutRecoveryIsNotGreen() {
        assertThat(verdict(true, 1, 1).green()).isFalse();
        assertThat(VerdictWriter.markdown(verdict(true, 1, 1)))
                .startsWith("# Verdict: nothing is proven, no recovery from 1 of 2 kill-app (")
                .contains("| not recovered |")
                .contains("| kill-app | 2 | 0 | 0 | 0 | 1 |");
    }

    @Test
    void aPartOfAPromiseThatComparedNothingIsNotGreen() {
        assertThat(verdict(10, 0).shortcomings()).containsExactly("A4 compared nothing with any freeze");
        assertThat(verdict(10, 1).green()).isTrue();
    }

    /** A few may all lie beside what was done. */
    @Test
    void whatHardlyHappenedNeedNotHaveBeenCompared() {
        assertThat(verdict(9, 0).green()).isTrue();
    }

    @Test
    void whatWasComparedAndWhatWasExcusedIsShown() {
        assertThat(VerdictWriter.text(verdict(9, 3)))
                .contains("A4 compared with: freeze 3\n")
                .contains("A4 excused: expiry at work 2\n");
        assertThat(VerdictWriter.markdown(verdict(9, 0))).contains("A4 compared with: freeze 0\n\n");
    }

    private static Verdict verdict(long events, long comparisons) {
        return verdict(
                true,
                0,
                new InvariantRow(
                        "A4",
                        "limits are kept",
                        1,
                        0,
                        Map.of("freeze", new Comparisons(events, comparisons)),
                        Map.of("expiry at work", 2L)));
    }

    private static Verdict verdict(boolean quiescent, long looked, long unrecovered) {
        return verdict(
                quiescent, unrecovered, new InvariantRow("A4", "limits are kept", looked, 0, Map.of(), Map.of()));
    }

    private static Verdict verdict(boolean quiescent, long unrecovered, InvariantRow row) {
        return new Verdict(
                new RunInfo(1, 0, 1L, quiescent, Map.of(), "revision", "machine", null),
                Map.of(),
                Map.of(),
                List.of(new FaultRow("kill-app", 2, unrecovered, 0, 0, 0, null, null, null)),
                List.of(row),
                List.of());
    }
}
