package io.quittance.proving.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.proving.check.Verdict.FaultRow;
import io.quittance.proving.history.FaultEvent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FaultTableTest {
    private static final String FAULT = "leader-loss";

    @Test
    void aFaultThatWentAsPlannedIsCountedAndTimed() {
        FaultRow row = only(FaultEvent.BEGIN, FaultEvent.END, FaultEvent.RECOVERED);
        assertThat(row.count()).isEqualTo(1);
        assertThat(row.failed()).isZero();
        assertThat(row.medianRecoveryMs()).isEqualTo(1);
    }

    @Test
    void aFaultThatFailedIsNotCountedAndItsRecoverySaysNothing() {
        FaultRow row = only(FaultEvent.BEGIN, FaultEvent.FAILED, FaultEvent.END, FaultEvent.RECOVERED);
        assertThat(row.count()).isZero();
        assertThat(row.failed()).isEqualTo(1);
        assertThat(row.unrecovered()).isZero();
        assertThat(row.medianRecoveryMs()).isNull();
    }

    @Test
    void aFaultThatFailedTwiceOverFailedOnce() {
        FaultRow row = only(FaultEvent.BEGIN, FaultEvent.FAILED, FaultEvent.FAILED, FaultEvent.END);
        assertThat(row.count()).isZero();
        assertThat(row.failed()).isEqualTo(1);
    }

    @Test
    void theNextOneOfItsKindIsCountedAgain() {
        FaultRow row = only(
                FaultEvent.BEGIN,
                FaultEvent.FAILED,
                FaultEvent.END,
                FaultEvent.RECOVERED,
                FaultEvent.BEGIN,
                FaultEvent.END,
                FaultEvent.RECOVERED);
        assertThat(row.count()).isEqualTo(1);
        assertThat(row.failed()).isEqualTo(1);
        assertThat(row.medianRecoveryMs()).isEqualTo(1);
    }

    @Test
    void aFaultThatFailedAndWasNotRecoveredFromIsMissed() {
        assertThat(only(FaultEvent.BEGIN, FaultEvent.FAILED, FaultEvent.END).unrecovered())
                .isEqualTo(1);
    }

    @Test
    void whoEndedByThemselvesAreCountedApart() {
        FaultRow row = only(FaultEvent.BEGIN, FaultEvent.STOPPED, FaultEvent.CRASHED, FaultEvent.CRASHED);
        assertThat(row.stopped()).isEqualTo(1);
        assertThat(row.crashed()).isEqualTo(2);
    }

    /** A millisecond apart. */
    private static FaultRow only(String... phases) {
        List<FaultEvent> events = IntStream.range(0, phases.length)
                .mapToObj(i -> new FaultEvent(
                        i, FAULT, "brokers", Arrays.asList(phases).get(i), null))
                .toList();
        List<FaultRow> rows = FaultTable.of(events, List.of());
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }
}
