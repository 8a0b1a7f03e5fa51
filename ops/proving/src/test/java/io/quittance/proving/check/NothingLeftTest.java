package io.quittance.proving.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.proving.check.LeftBehind.DocketRow;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NothingLeftTest {
    private final Invariant a7 = new NothingLeft();

    @Test
    void aDocketThatWaitsOnlyToForgetIsNothingLeft() {
        assertThat(left(new DocketRow("s-1", true, Long.MAX_VALUE, 0)).foundBy(a7))
                .isEmpty();
    }

    @Test
    void anOpenCaseIsLeft() {
        assertThat(left(new DocketRow("s-1", true, Long.MAX_VALUE, 2)).foundBy(a7))
                .containsExactly("LOST still has 2 open cases in its docket");
    }

    @Test
    void aTimerOfNothingIsLeft() {
        assertThat(left(new DocketRow("s-1", true, Histories.RUN_END + 1_000, 0))
                        .foundBy(a7))
                .containsExactly("VIOLATED has no open case and still a timer");
    }

    @Test
    void aRowOfAnUnknownFormatProvesNothing() {
        byte[] row = new byte[64];
        row[0] = 9;
        assertThat(left(DocketHead.read("s-1", row)).foundBy(a7)).hasSize(1);
    }

    @Test
    void theHeadOfARowTellsWhatIsOpen() {
        ByteBuffer row =
                ByteBuffer.allocate(64).put((byte) 2).putLong(77).putLong(1).putLong(2);
        row.put((byte) 0).put((byte) 1).put((byte) 0).put((byte) 2).put((byte) 0);
        assertThat(DocketHead.read("s-1", row.array())).isEqualTo(new DocketRow("s-1", true, 77, 3));
    }

    @Test
    void promptsClaimsAndFreezesAreLeft() {
        Histories history = Histories.quiet();
        history.evidence.left =
                new LeftBehind(List.of(), Map.of("r-1", 1L), List.of("r-1/crm#1.1"), List.of("freeze-1"), 0);
        assertThat(history.foundBy(a7)).hasSize(3);
    }

    private static Histories left(DocketRow row) {
        Histories history = Histories.quiet();
        history.evidence.left = new LeftBehind(List.of(row), Map.of(), List.of(), List.of(), 0);
        return history;
    }
}
