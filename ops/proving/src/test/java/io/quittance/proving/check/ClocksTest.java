package io.quittance.proving.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.proving.history.FaultEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClocksTest {
    private static final long BEGIN = 1_000_000;
    private static final long END = BEGIN + 10_000;
    private static final long MINUTE = 60_000;

    private final Clocks clocks = Clocks.of(TimeFrames.frames(List.of(
            new FaultEvent(BEGIN, "clock-step", "app-1", FaultEvent.BEGIN, "+25 s"),
            new FaultEvent(END, "clock-step", "app-1", FaultEvent.END, null))));

    @Test
    void agreeFarFromAStep() {
        assertThat(clocks.agree(0, BEGIN - MINUTE - 1)).isTrue();
        assertThat(clocks.agree(END + MINUTE + 1, Long.MAX_VALUE)).isTrue();
        assertThat(clocks.allowance(0, 1)).isZero();
    }

    @Test
    void disagreeAsFarAsAStepReaches() {
        assertThat(clocks.agree(0, BEGIN - MINUTE)).isFalse();
        assertThat(clocks.agree(END + MINUTE, END + MINUTE)).isFalse();
        assertThat(clocks.allowance(BEGIN, BEGIN)).isEqualTo(MINUTE);
    }

    @Test
    void disagreeOverAStepWhicheverTimeIsNamedFirst() {
        assertThat(clocks.agree(0, END + 10 * MINUTE)).isFalse();
        assertThat(clocks.agree(END + 10 * MINUTE, 0)).isFalse();
    }

    @Test
    void areNotDisturbedByOtherFaults() {
        var others = Clocks.of(TimeFrames.frames(List.of(
                new FaultEvent(BEGIN, "kill-app", "app-1", FaultEvent.BEGIN, null),
                new FaultEvent(END, "kill-app", "app-1", FaultEvent.END, null))));
        assertThat(others.agree(BEGIN, END)).isTrue();
    }

    @Test
    void areNotDisturbedByAStepThatWasSkipped() {
        var skipped = Clocks.of(TimeFrames.frames(
                List.of(new FaultEvent(BEGIN, "clock-step", null, FaultEvent.SKIPPED, "no clocks of their own"))));
        assertThat(skipped.agree(BEGIN, END)).isTrue();
    }
}
