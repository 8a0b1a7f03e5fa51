package io.quittance.proving.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.proving.check.Verdict.Comparisons;
import io.quittance.proving.check.Verdict.FaultRow;
import io.quittance.proving.check.Verdict.InvariantRow;
import io.quittance.proving.history.FaultEvent;
import io.quittance.proving.history.RunInfo;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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
                .contains("| kill-app | 2 | 0 | 0 | 0 | 0 | 0 | 0 | 1 |");
    }

    @Test
    void aFaultThatAlwaysFailedIsNotGreen() {
        assertThat(shortcomings("", row("leader-loss", 0, 3, 0, 0, null)))
                .containsExactly("no leader-loss took effect");
        assertThat(shortcomings("", row("leader-loss", 1, 3, 0, 0, null))).isEmpty();
    }

    @Test
    void aKindThatWasChosenAndNeverDoneIsNotGreen() {
        assertThat(shortcomings("kill-app,poison", row("kill-app", 2, 0, 0, 0, null)))
                .containsExactly("no poison took effect");
        assertThat(shortcomings("poison")).containsExactly("no poison took effect");
    }

    @Test
    void aKindThatTheMachineDoesNotAllowIsExcused() {
        assertThat(shortcomings(
                        "kill-app,clock-step",
                        row("kill-app", 2, 0, 0, 0, null),
                        row("clock-step", 0, 0, 0, 0, "libfaketime is not installed")))
                .isEmpty();
    }

    @Test
    void aProcessThatCrashedIsNotGreen() {
        assertThat(shortcomings("", row("poison", 1, 0, 0, 1, null))).containsExactly("1 crashed under poison");
        assertThat(shortcomings("", row(FaultEvent.NONE, 0, 0, 0, 2, null)))
                .containsExactly("2 crashed while no fault was under way");
    }

    @Test
    void aProcessThatMayStopIsExcused() {
        assertThat(shortcomings("", row("disk-full", 1, 0, 1, 0, null))).isEmpty();
    }

    private static List<String> shortcomings(String chosen, FaultRow... rows) {
        Verdict verdict = verdict(true, Map.of(RunInfo.FAULTS, chosen), promise(1), List.of(rows));
        assertThat(verdict.green()).isEqualTo(verdict.shortcomings().isEmpty());
        return verdict.shortcomings();
    }

    private static FaultRow row(
            String fault, long count, long failed, long stopped, long crashed, @Nullable String skipped) {
        return new FaultRow(fault, count, failed, stopped, crashed, 0, 0, 0, 0, null, null, skipped);
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
        return verdict(quiescent, unrecovered, promise(looked));
    }

    private static Verdict verdict(boolean quiescent, long unrecovered, InvariantRow row) {
        return verdict(
                quiescent,
                Map.of(),
                row,
                List.of(new FaultRow("kill-app", 2, 0, 0, 0, unrecovered, 0, 0, 0, null, null, null)));
    }

    private static Verdict verdict(
            boolean quiescent, Map<String, String> options, InvariantRow row, List<FaultRow> faults) {
        return new Verdict(
                new RunInfo(1, 0, 1L, quiescent, options, "revision", "machine", null),
                Map.of(),
                Map.of(),
                faults,
                List.of(row),
                List.of());
    }

    private static InvariantRow promise(long looked) {
        return new InvariantRow("A4", "limits are kept", looked, 0, Map.of(), Map.of());
    }
}
