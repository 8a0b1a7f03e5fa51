package io.quittance.proving.check;

import static io.quittance.proving.check.Histories.DONE;
import static io.quittance.proving.check.Histories.GRANT;
import static io.quittance.proving.check.Histories.GRANT_END;
import static io.quittance.proving.check.Histories.ISSUED;
import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.proving.history.Act;
import io.quittance.proving.history.Act.Kind;
import io.quittance.proving.history.SystemReceipt;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PermissionTest {
    private final Invariant a3 = new Permission();

    @Test
    void anEffectAfterTheWindowIsAViolation() {
        assertThat(Histories.quiet().issued(1).receipt(1, GRANT_END - 1).foundBy(a3))
                .isEmpty();
        assertThat(Histories.quiet().issued(1).receipt(1, GRANT_END).foundBy(a3))
                .singleElement()
                .asString()
                .contains("after its grant had shut");
    }

    @Test
    void anEffectBeforeTheWindowIsAViolation() {
        assertThat(Histories.quiet().issued(1).receipt(1, ISSUED - 2_001).foundBy(a3))
                .singleElement()
                .asString()
                .contains("before its grant opened");
    }

    @Test
    void clocksThatWereSteppedSayNothingOfWindows() {
        Histories history =
                Histories.quiet().fault("clock-step", 1, 2).issued(1).receipt(1, GRANT_END);
        assertThat(history.foundBy(a3)).isEmpty();
    }

    @Test
    void aStepLongAgoExcusesNothing() {
        Histories history = Histories.quiet()
                .fault("clock-step", ISSUED - 70_000, ISSUED - 60_001)
                .issued(1)
                .receipt(1, GRANT_END);
        assertThat(history.foundBy(a3)).hasSize(1);
    }

    @Test
    void anEffectAfterEverybodyCouldKnowOfTheRevocationIsAViolation() {
        Histories before = Histories.deleted().act(Kind.REVOCATION_SEEN, DONE, Map.of("grant", GRANT));
        assertThat(before.foundBy(a3)).isEmpty();
        Histories after = Histories.deleted().act(Kind.REVOCATION_SEEN, DONE - 1, Map.of("grant", GRANT));
        assertThat(after.foundBy(a3)).singleElement().asString().contains("that its grant was revoked");
    }

    @Test
    void aHoldThatWasPlacedWhileSomethingWasBrokenMayBeReadLater() {
        Histories history =
                Histories.quiet().act(Kind.HELD, ISSUED - 5_011, Map.of()).issued(1);
        assertThat(history.foundBy(a3)).singleElement().asString().contains("legal hold");
        assertThat(history.fault("kill-broker", ISSUED - 5_011, ISSUED - 5_010).foundBy(a3))
                .hasSize(1);
        assertThat(history.fault("kill-broker", ISSUED - 5_011, ISSUED - 4_000).foundBy(a3))
                .isEmpty();
    }

    @Test
    void whatIsComparedIsCountedByWhatItIsComparedWith() {
        Map<String, String> freeze = Map.of("name", "f", "systems", "crm");
        assertThat(Histories.deleted().comparedBy(a3))
                .isEqualTo(Map.of("freeze", 0L, "hold", 0L, "revocation", 0L, "window", 0L));
        assertThat(Histories.quiet().issued(1).receipt(1, GRANT_END - 2_001).comparedBy(a3))
                .containsEntry("window", 0L);
        assertThat(Histories.quiet().issued(1).receipt(1, GRANT_END - 2_000).comparedBy(a3))
                .containsEntry("window", 1L);
        assertThat(Histories.quiet()
                        .fault("clock-step", 1, 2)
                        .issued(1)
                        .receipt(1, GRANT_END - 2_000)
                        .comparedBy(a3))
                .containsEntry("window", 0L);
        // The attempt that went out, and what came of it.
        assertThat(Histories.deleted()
                        .act(Kind.REVOCATION_SEEN, DONE, Map.of("grant", GRANT))
                        .comparedBy(a3))
                .containsEntry("revocation", 2L);
        assertThat(Histories.deleted().act(Kind.FROZEN, DONE + 59_990, freeze).comparedBy(a3))
                .containsEntry("freeze", 1L);
        assertThat(Histories.deleted().act(Kind.FROZEN, DONE + 59_991, freeze).comparedBy(a3))
                .containsEntry("freeze", 0L);
        assertThat(Histories.quiet()
                        .act(Kind.HELD, ISSUED - 5_011, Map.of())
                        .issued(1)
                        .comparedBy(a3))
                .containsEntry("hold", 1L);
    }

    @Test
    void aReceiptOfWhatWasOnlyReadIsComparedWithNoWindow() {
        Histories history = Histories.quiet().issued(1, "ACCESS");
        history.evidence.systems.add(
                new SystemReceipt(Histories.SYSTEM, "r-1/crm", "ACCESS", GRANT, 1, SystemReceipt.IN_TRANSACTION, DONE));
        assertThat(history.comparedBy(a3)).containsEntry("window", 0L);
    }

    @Test
    void workThatGoesOutAfterTheRevocationIsAViolation() {
        Histories history = Histories.quiet()
                .act(Kind.REVOCATION_SEEN, ISSUED - 1, Map.of("grant", GRANT))
                .issued(1);
        assertThat(history.foundBy(a3)).singleElement().asString().contains("go out in crm 1 ms after");
    }

    @Test
    void anEffectUnderAFreezeIsAViolation() {
        Map<String, String> freeze = Map.of("name", "f", "systems", "crm");
        Histories history =
                Histories.deleted().act(Kind.FROZEN, DONE - 500, freeze).act(Kind.THAWED, DONE + 500, freeze);
        assertThat(history.foundBy(a3)).singleElement().asString().contains("under the freeze f");
        Histories lifted =
                Histories.deleted().act(Kind.FROZEN, DONE - 500, freeze).act(Kind.THAWED, DONE, freeze);
        assertThat(lifted.foundBy(a3)).isEmpty();
        Histories elsewhere = Histories.deleted()
                .act(Kind.FROZEN, DONE - 500, Map.of("name", "f", "systems", "sales"))
                .act(Kind.THAWED, DONE + 500, freeze);
        assertThat(elsewhere.foundBy(a3)).isEmpty();
    }

    @Test
    void workWithoutItsApprovalsIsAViolation() {
        Map<String, String> two = Map.of("approvals", "2");
        Map<String, String> ada = Map.of("verdict", "APPROVE", "approver", "ada");
        Histories one = Histories.quiet()
                .submitted(two, "FULFILLED")
                .act(Kind.DECIDED, 1_500, ada)
                .act(Kind.DECIDED, 1_600, ada)
                .issued(1);
        assertThat(one.foundBy(a3)).singleElement().asString().contains("with 1 of 2 approvals");
        Histories both = Histories.quiet()
                .submitted(two, "FULFILLED")
                .act(Kind.DECIDED, 1_500, ada)
                .act(Kind.DECIDED, 1_600, Map.of("verdict", "APPROVE", "approver", "ben"))
                .issued(1);
        assertThat(both.foundBy(a3)).isEmpty();
    }

    @Test
    void workWhereItWasNotApprovedIsAViolation() {
        Map<String, String> elsewhere = Map.of("verdict", "APPROVE", "approver", "ada", "only", "sales");
        assertThat(Histories.quiet()
                        .submitted(Map.of("approvals", "1"), "FULFILLED")
                        .act(Kind.DECIDED, 1_500, elsewhere)
                        .issued(1)
                        .foundBy(a3))
                .singleElement()
                .asString()
                .contains("go out in crm, and sales alone was approved");
        Map<String, String> here = Map.of("verdict", "APPROVE", "approver", "ada", "only", "crm");
        assertThat(Histories.quiet()
                        .submitted(Map.of("approvals", "1"), "FULFILLED")
                        .act(Kind.DECIDED, 1_500, here)
                        .issued(1)
                        .foundBy(a3))
                .isEmpty();
    }

    @Test
    void workThatNobodyAskedForIsAViolation() {
        assertThat(Histories.quiet()
                        .submitted(Map.of("action", "ACCESS"), "FULFILLED")
                        .issued(1)
                        .foundBy(a3))
                .singleElement()
                .asString()
                .contains("had DELETE go out, and ACCESS was asked");
    }

    @Test
    void anApprovalOfAnotherPlanDoesNotCount() {
        Histories history = Histories.quiet()
                .submitted(Map.of("approvals", "1"), "FULFILLED")
                .act(Kind.DECIDED, 1_500, Map.of("verdict", "APPROVE", "approver", "ada", "invalid", "TAMPERED"))
                .issued(1);
        assertThat(history.foundBy(a3)).hasSize(1);
    }

    @Test
    void workThatNothingPermitsIsAViolation() {
        Histories history = Histories.quiet()
                .submitted(Map.of("no-tasks", "true"), "DENIED")
                .issued(1);
        assertThat(history.foundBy(a3)).singleElement().asString().contains("nothing permits it");
    }

    @Test
    void anEffectForWhichNothingWentOutIsAViolation() {
        assertThat(Histories.quiet().receipt(1, DONE).foundBy(a3)).hasSize(1);
        assertThat(Histories.quiet().answered(1, List.of()).foundBy(a3))
                .singleElement()
                .asString()
                .contains("without any attempt");
    }

    @Test
    void workUnderAHoldIsAViolation() {
        Histories history = Histories.quiet().submitted("FULFILLED").act(Kind.HELD, 1_100, Map.of());
        history.audit(Histories.REQUEST, 1, "QUEUED", "LEGAL_HOLD", false, List.of(), 1_500);
        history.act(Kind.LIFTED, ISSUED + 1, Map.of());
        assertThat(history.issued(1).foundBy(a3)).singleElement().asString().contains("under a legal hold");
    }

    @Test
    void workThatBeginsWhenAHoldMustHaveBeenReadIsAViolation() {
        long held = ISSUED - 5_011;
        Histories history = Histories.quiet().act(Kind.HELD, held, Map.of()).issued(1);
        assertThat(history.foundBy(a3))
                .containsExactly("VIOLATED had work go out in crm 5001 ms after a legal hold was placed");
        assertThat(history.act(Kind.LIFTED, ISSUED, Map.of()).foundBy(a3)).isEmpty();
        assertThat(Histories.quiet()
                        .act(Kind.HELD, held + 1, Map.of())
                        .issued(1)
                        .foundBy(a3))
                .isEmpty();
    }

    @Test
    void workThatIsStoppedNeedsARevocation() {
        Histories history = Histories.quiet().audit(1, "EXECUTING", "REVOKED", false, List.of());
        assertThat(history.foundBy(a3)).singleElement().asString().contains("no revocation of its grant");
        history.evidence.revoked.add(GRANT);
        assertThat(history.foundBy(a3)).isEmpty();

        Histories ended = Histories.quiet().audit(1, "CANCELLED", "WITHDRAWN", true, List.of());
        assertThat(ended.foundBy(a3)).singleElement().asString().contains("no revocation of its grant");
    }

    @Test
    void workThatBeginsBeforeItWasCommittedIsAViolation() {
        Histories history = Histories.quiet().issued(Histories.REQUEST, 1, "DELETE", ISSUED + 101);
        assertThat(history.answered(1, List.of()).foundBy(a3))
                .singleElement()
                .asString()
                .contains("1 ms before its attempt went out");
    }

    @Test
    void aReportThatWasMadeUpIsNoEffect() {
        Histories history = Histories.quiet().answered(1, List.of());
        var place = history.evidence.completions(Histories.REQUEST).get(0).place();
        assertThat(history.foundBy(a3)).hasSize(1);
        history.evidence.add(new Act(1, 2L, Kind.SENSELESS, null, null, "SENSELESS", place, List.of(), Map.of()));
        assertThat(history.foundBy(a3)).isEmpty();
    }
}
