package io.quittance.proving.check;

import static io.quittance.proving.check.Histories.DATASET;
import static io.quittance.proving.check.Histories.DONE;
import static io.quittance.proving.check.Histories.SUBJECT;
import static io.quittance.proving.check.Histories.erased;
import static io.quittance.proving.check.Histories.task;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TellingTest {
    private final Invariant a6 = new Telling();

    @Test
    void anAuditThatTellsMoreThanIsGoneIsAViolation() {
        Histories history = Histories.quiet().issued(1).receipt(1, DONE).answered(1, erased(2));
        history.audit(1, "FULFILLED", true, List.of(task(1, "DONE", erased(2))));
        assertThat(history.foundBy(a6)).singleElement().asString().contains("audited with 2 rows erased");
    }

    @Test
    void anAuditThatTellsLessThanIsGoneIsAViolation() {
        Histories history = Histories.quiet().issued(1).receipt(1, DONE).answered(1, erased(0));
        history.audit(1, "FULFILLED", true, List.of(task(1, "DONE", erased(0))));
        assertThat(history.foundBy(a6)).singleElement().asString().contains("and 1 are gone");
    }

    @Test
    void anOutcomeThatNoExecutorReportedIsAViolation() {
        Histories history = Histories.quiet().issued(1).receipt(1, DONE);
        history.audit(1, "FULFILLED", true, List.of(task(1, "DONE", erased(1))));
        assertThat(history.foundBy(a6)).singleElement().asString().contains("no executor reported");
    }

    @Test
    void aReportOnAnEarlierAttemptIsNoReportOnTheLast() {
        Histories history =
                Histories.quiet().issued(1).issued(2).receipt(1, DONE).answered(1, erased(1));
        history.audit(1, "FULFILLED", true, List.of(task(2, "DONE", erased(1))));
        assertThat(history.foundBy(a6)).singleElement().asString().contains("no executor reported");
    }

    @Test
    void fulfilledMeansThatAllWasDone() {
        Histories history = Histories.quiet().row(SUBJECT, DATASET).issued(1);
        history.audit(1, "FULFILLED", true, List.of(task(1, "FAILED", List.of())));
        assertThat(history.foundBy(a6)).singleElement().asString().contains("fulfilled with 0 of 1");
    }

    @Test
    void deniedMeansThatNothingWentOut() {
        Histories history = Histories.quiet().row(SUBJECT, DATASET).issued(1).audit(1, "DENIED", true, List.of());
        assertThat(history.foundBy(a6)).singleElement().asString().contains("denied, and work went out");
    }

    @Test
    void anEffectWithoutAnyReportIsLost() {
        Histories history = Histories.quiet().issued(1).receipt(1, DONE);
        history.audit(1, "EXPIRED", true, List.of(task(1, "FAILED", List.of())));
        assertThat(history.foundBy(a6)).singleElement().asString().startsWith("LOST was carried out in crm");
    }

    @Test
    void aReportThatCameLateIsTold() {
        Histories untold = Histories.quiet().issued(1).receipt(1, DONE).answered(1, erased(1));
        untold.audit(1, "EXPIRED", true, List.of(task(1, "FAILED", List.of())));
        assertThat(untold.foundBy(a6)).singleElement().asString().contains("neither audit nor dead letters");
        assertThat(untold.deadLetter(untold.place("completions"), "REQUEST_CLOSED", Histories.REQUEST, 5_000)
                        .foundBy(a6))
                .isEmpty();
    }
}
