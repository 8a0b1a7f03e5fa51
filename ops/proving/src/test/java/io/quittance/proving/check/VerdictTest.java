package io.quittance.proving.check;

import static org.assertj.core.api.Assertions.assertThat;

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

    private static Verdict verdict(boolean quiescent, long looked, long unrecovered) {
        return new Verdict(
                new RunInfo(1, 0, 1L, quiescent, Map.of(), "revision", "machine", null),
                Map.of(),
                Map.of(),
                List.of(new FaultRow("kill-app", 2, unrecovered, 0, 0, 0, null, null, null)),
                List.of(new InvariantRow("A4", "limits are kept", looked, 0)),
                List.of());
    }
}
