package io.quittance.proving.check;

import static io.quittance.proving.check.Histories.DATASET;
import static io.quittance.proving.check.Histories.DONE;
import static io.quittance.proving.check.Histories.REQUEST;
import static io.quittance.proving.check.Histories.SUBJECT;
import static io.quittance.proving.check.Histories.erased;
import static io.quittance.proving.check.Histories.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.proving.check.AuditSeen.DecisionAudited;
import io.quittance.proving.check.Extent.Scope;
import io.quittance.proving.history.Place;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TellingTest {
    private static final Place COMPLETION = new Place("privacy.completions", 0, 1);

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
    void whatAnEarlierAttemptDidIsStillToldWhereTheLastFoundNothingMore() {
        Histories history = Histories.quiet()
                .issued(1)
                .issued(2)
                .receipt(1, DONE)
                .answered(1, erased(1))
                .answered(2, erased(0));
        history.audit(1, "FULFILLED", true, List.of(task(2, "DONE", erased(1))));
        assertThat(history.foundBy(a6)).isEmpty();
    }

    @Test
    void fulfilledMeansThatAllWasDone() {
        Histories history = Histories.quiet().row(SUBJECT, DATASET).issued(1);
        history.audit(1, "FULFILLED", true, List.of(task(1, "FAILED", List.of())));
        assertThat(history.foundBy(a6)).singleElement().asString().contains("fulfilled with 0 of 1");
    }

    @Test
    void fulfilledMeansThatNoSystemWasLeftOut() {
        assertThat(Histories.deleted().mapped("archive", "DELETE").foundBy(a6))
                .containsExactly("VIOLATED is fulfilled without any work in archive, which it is about");
        assertThat(Histories.deleted().mapped("archive", "ACCESS").foundBy(a6)).isEmpty();
        assertThat(Histories.deleted()
                        .mapped("archive", "DELETE")
                        .changed("archive")
                        .foundBy(a6))
                .isEmpty();
    }

    @Test
    void fulfilledMeansThatNothingWasDoneBeyondWhatWasAsked() {
        Histories history = Histories.deleted().mapped("archive", "DELETE");
        assertThat(history.asked("DELETE", List.of("archive"), List.of()).foundBy(a6))
                .containsExactly(
                        "VIOLATED is fulfilled without any work in archive, which it is about",
                        "VIOLATED is fulfilled with work in crm, which it is not about");
        assertThat(history.asked("DELETE", List.of("crm"), List.of()).foundBy(a6))
                .isEmpty();
    }

    @Test
    void anApprovalLeavesASystemOutOnlyIfItCounted() {
        assertThat(narrowed(new DecisionAudited("d-1", "ada", "APPROVE", true)).foundBy(a6))
                .isEmpty();
        assertThat(narrowed(new DecisionAudited("d-1", "ada", "APPROVE", false)).foundBy(a6))
                .singleElement()
                .asString()
                .contains("without any work in archive");
        assertThat(narrowed(new DecisionAudited("d-2", "ada", "APPROVE", true)).foundBy(a6))
                .hasSize(1);
    }

    @Test
    void onlyWhatWasFulfilledIsComparedWithItsPlan() {
        assertThat(Histories.deleted().comparedBy(a6)).isEqualTo(Map.of("plan", 1L));
        Histories unasked = Histories.deleted();
        unasked.evidence.asked.clear();
        assertThat(unasked.comparedBy(a6)).isEqualTo(Map.of("plan", 0L));
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
        assertThat(untold().foundBy(a6)).singleElement().asString().contains("neither audit nor dead letters");
        assertThat(untold().deadLetter(COMPLETION, "REQUEST_CLOSED", REQUEST, 5_000)
                        .foundBy(a6))
                .isEmpty();
    }

    @Test
    void anAuditThatTellsOfTheContradictionTellsOfTheReport() {
        Histories history = Histories.quiet().issued(1).receipt(1, DONE).answered(1, erased(1));
        history.audit(
                REQUEST,
                1,
                "CANCELLED",
                "WITHDRAWN",
                true,
                List.of(task(1, "REFUSED", erased(1))),
                Histories.CLOSED,
                List.of(),
                List.of("CONTRADICTING_COMPLETION"));
        assertThat(history.foundBy(a6)).isEmpty();
    }

    @Test
    void aDeadLetterOfSomethingElseTellsOfNoReport() {
        assertThat(untold().deadLetter(COMPLETION, "REQUEST_CLOSED", "sha", REQUEST, REQUEST + "/archive", 5_000)
                        .foundBy(a6))
                .hasSize(1);
        assertThat(untold().deadLetter(
                                new Place("privacy.decisions", 0, 1),
                                "REQUEST_CLOSED",
                                "sha",
                                REQUEST,
                                REQUEST + "/crm",
                                5_000)
                        .foundBy(a6))
                .hasSize(1);
    }

    private static Histories untold() {
        Histories untold = Histories.quiet().issued(1).receipt(1, DONE).answered(1, erased(1));
        return untold.audit(1, "EXPIRED", true, List.of(task(1, "FAILED", List.of())));
    }

    private static Histories narrowed(DecisionAudited approval) {
        Histories history = Histories.quiet()
                .mapped("archive", "DELETE")
                .submitted("FULFILLED")
                .done(approval);
        history.evidence.narrowings.put("d-1", new Scope(List.of("crm"), List.of()));
        return history;
    }
}
