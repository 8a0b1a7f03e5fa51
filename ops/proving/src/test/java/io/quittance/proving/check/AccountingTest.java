package io.quittance.proving.check;

import static io.quittance.proving.check.Histories.SUBJECT;
import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.proving.check.LimitTraffic.ClaimSeen;
import io.quittance.proving.check.LimitTraffic.PermitSeen;
import io.quittance.proving.history.Act;
import io.quittance.proving.history.Act.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AccountingTest {
    /** When the last minute of a window begins. */
    private static final long LAST = Histories.GRANT_END - 60_000;

    private static final long SOON = Histories.GRANT_END - 25_000;

    private final Invariant a1 = new Accounting();

    @Test
    void aRequestThatWasAcknowledgedAndNeverSeenIsLost() {
        assertThat(Histories.quiet().submitted("FULFILLED").foundBy(a1))
                .singleElement()
                .asString()
                .startsWith("LOST was acknowledged and never seen again");
    }

    @Test
    void oneThatWasNeverAcknowledgedMayBeMissing() {
        Histories history = Histories.quiet();
        history.evidence.add(
                new Act(1, null, Kind.SUBMITTED, "r-9", SUBJECT, "STORY", null, List.of("FULFILLED"), Map.of()));
        assertThat(history.foundBy(a1)).isEmpty();
    }

    @Test
    void oneThatIsStillOpenIsLost() {
        Histories history = Histories.quiet().submitted("FULFILLED").audit(1, "QUEUED", false, List.of());
        assertThat(history.foundBy(a1)).singleElement().asString().startsWith("LOST is still open");
    }

    @Test
    void aHoldThatStandsIsAReasonToBeOpen() {
        Histories history = Histories.quiet()
                .submitted("FULFILLED")
                .act(Kind.HELD, 1, Map.of())
                .audit(1, "QUEUED", "LEGAL_HOLD", false, List.of());
        assertThat(history.foundBy(a1)).isEmpty();
        assertThat(history.act(Kind.LIFTED, 2, Map.of()).foundBy(a1)).hasSize(1);
    }

    @Test
    void anEndThatNobodyIntendedIsAViolation() {
        Histories history = Histories.quiet().submitted("DENIED").audit(1, "FULFILLED", true, List.of());
        assertThat(history.foundBy(a1)).singleElement().asString().contains("which is none of DENIED");
    }

    @Test
    void anEndMayBeExpectedForOneReasonAndNotForAnother() {
        Histories history = Histories.quiet().submitted("EXPIRED:REVOKED");
        history.audit(1, "EXPIRED", "NO_ANSWER_IN_TIME", true, List.of());
        assertThat(history.foundBy(a1)).hasSize(1);
    }

    @Test
    void aGrantDoesNotExpireBeforeItsTime() {
        Histories early = Histories.quiet().submitted("EXPIRED:GRANT_EXPIRED");
        early.audit(1, "EXPIRED", "GRANT_EXPIRED", true, List.of());
        assertThat(early.foundBy(a1)).singleElement().asString().contains("window was still open");

        Histories inTime = Histories.quiet().submitted("EXPIRED:GRANT_EXPIRED");
        inTime.audit(Histories.REQUEST, 1, "EXPIRED", "GRANT_EXPIRED", true, List.of(), Histories.GRANT_END);
        assertThat(inTime.foundBy(a1)).isEmpty();
    }

    @Test
    void whatWasForgottenIsNotExcusedByWhatBrokeBefore() {
        Histories history = expired().issued(1).fault("kill-app", 1, 500);
        assertThat(history.foundBy(a1))
                .containsExactly("LOST ended EXPIRED:GRANT_EXPIRED, and nothing kept it from being done (STORY)");
        assertThat(history.fault("kill-app", SOON - 1, SOON - 1).foundBy(a1)).hasSize(1);
        assertThat(history.fault("kill-app", SOON, SOON).excusedBy(a1)).isEqualTo(Map.of(Hindrances.FAULT, 1L));
        assertThat(history.foundBy(a1)).isEmpty();
    }

    @Test
    void whatIsStillTriedMayExpire() {
        assertThat(expired()
                        .issued(Histories.REQUEST, 2, "DELETE", LAST - 1 - Histories.TASK_TIMEOUT)
                        .foundBy(a1))
                .hasSize(1);
        assertThat(expired()
                        .issued(Histories.REQUEST, 2, "DELETE", LAST - Histories.TASK_TIMEOUT)
                        .excusedBy(a1))
                .isEqualTo(Map.of(Hindrances.AT_WORK, 1L));
        // It had its answer long before.
        assertThat(expired()
                        .issued(Histories.REQUEST, 2, "DELETE", LAST - Histories.TASK_TIMEOUT)
                        .answered(2, "FAILED", true, List.of())
                        .foundBy(a1))
                .hasSize(1);
    }

    @Test
    void whatWaitsForItsTurnMayExpireWhileOthersGetTheirs() {
        Histories waiting = expired();
        waiting.evidence.limits = waiting(null, null);
        assertThat(waiting.foundBy(a1)).hasSize(1);
        waiting.evidence.limits = waiting(null, LAST);
        assertThat(waiting.excusedBy(a1)).isEqualTo(Map.of(Hindrances.LIMIT, 1L));
        waiting.evidence.limits = waiting(LAST - 1, LAST);
        assertThat(waiting.foundBy(a1)).hasSize(1);
    }

    /** A claim that the limiter has forgotten waits for ever, and others go on. */
    @Test
    void whoeverIsPassedByDoesNotWaitForItsTurn() {
        ClaimSeen forgotten = claim(Histories.REQUEST, "DELETE");
        Histories history = expired();
        history.evidence.limits = traffic(List.of(forgotten, claim("r-2", "ANONYMIZE")), List.of(permit("r-2", LAST)));
        assertThat(history.excusedBy(a1)).isEqualTo(Map.of(Hindrances.LIMIT, 1L));
        history.evidence.limits = traffic(List.of(claim("r-2", "DELETE"), forgotten), List.of(permit("r-2", LAST)));
        assertThat(history.excusedBy(a1)).isEqualTo(Map.of(Hindrances.LIMIT, 1L));
        history.evidence.limits = traffic(List.of(forgotten, claim("r-2", "DELETE")), List.of(permit("r-2", LAST)));
        assertThat(history.foundBy(a1)).hasSize(1);
    }

    @Test
    void whatIsHeldOrFrozenMayExpire() {
        assertThat(expired().act(Kind.HELD, 1, Map.of()).excusedBy(a1)).isEqualTo(Map.of(Hindrances.HOLD, 1L));
        assertThat(expired()
                        .act(Kind.HELD, 1, Map.of())
                        .act(Kind.LIFTED, LAST - 11, Map.of())
                        .foundBy(a1))
                .hasSize(1);
        Map<String, String> freeze = Map.of("name", "f", "systems", "crm");
        assertThat(expired()
                        .act(Kind.FROZEN, 1, freeze)
                        .act(Kind.THAWED, SOON, freeze)
                        .excusedBy(a1))
                .isEqualTo(Map.of(Hindrances.FREEZE, 1L));
        assertThat(expired()
                        .act(Kind.FROZEN, 1, freeze)
                        .act(Kind.THAWED, SOON - 1_000, freeze)
                        .foundBy(a1))
                .hasSize(1);
    }

    @Test
    void anExpiryThatIsMeantNeedsNoReason() {
        Histories history = Histories.quiet().submitted("EXPIRED:GRANT_EXPIRED").expired();
        assertThat(history.foundBy(a1)).isEmpty();
        assertThat(history.excusedBy(a1)).isEmpty();
    }

    private static Histories expired() {
        return Histories.quiet().submitted("FULFILLED", "EXPIRED:GRANT_EXPIRED").expired();
    }

    /** Asked for a permit from the beginning; it and somebody else's came then, or never. */
    private static LimitTraffic waiting(@Nullable Long permitted, @Nullable Long turn) {
        var permits = new ArrayList<PermitSeen>();
        if (permitted != null) {
            permits.add(permit(Histories.REQUEST, permitted));
        }
        if (turn != null) {
            permits.add(permit("r-2", turn));
        }
        return traffic(List.of(claim(Histories.REQUEST, "DELETE")), permits);
    }

    private static LimitTraffic traffic(List<ClaimSeen> claims, List<PermitSeen> permits) {
        return new LimitTraffic(Map.of(), claims, permits, Map.of());
    }

    private static ClaimSeen claim(String request, String action) {
        return new ClaimSeen(request + "/crm#1", request, Histories.SYSTEM, action, Histories.ISSUED);
    }

    private static PermitSeen permit(String request, long at) {
        return new PermitSeen(request + "/crm#1", request, Histories.SYSTEM, 1, List.of("limit"), at, at);
    }

    @Test
    void silenceIsOverWhenTheRuleSaysSo() {
        Histories history = Histories.quiet().submitted("EXPIRED:NO_ANSWER_IN_TIME");
        history.audit(1, "EXPIRED", "NO_ANSWER_IN_TIME", true, List.of());
        history.evidence.patience.put(Histories.RULE, Histories.CLOSED - Histories.SUBMITTED + 1);
        assertThat(history.foundBy(a1)).singleElement().asString().contains("there was still time");
        history.evidence.patience.put(Histories.RULE, Histories.CLOSED - Histories.SUBMITTED);
        assertThat(history.foundBy(a1)).isEmpty();
    }

    @Test
    void aStoryThatNeverEndsAsItIsMeantToIsLost() {
        Histories history = Histories.quiet().fault("kill-app", SOON, SOON + 1);
        for (int number = 0; number < 10; number++) {
            auto(history, "expired-" + number, "EXPIRED", "GRANT_EXPIRED", Histories.GRANT_END);
        }
        assertThat(history.foundBy(a1))
                .containsExactly("LOST None of the 10 requests of the story AUTO ended FULFILLED.");
    }

    @Test
    void aStoryThatMostlyRunsOutOfTimeIsLostWhateverTheReasons() {
        Histories history = Histories.quiet().fault("kill-app", SOON, SOON + 1);
        for (int number = 0; number < 9; number++) {
            auto(history, "expired-" + number, "EXPIRED", "GRANT_EXPIRED", Histories.GRANT_END);
            auto(history, "done-" + number, "FULFILLED", "FULFILLED", Histories.CLOSED);
        }
        assertThat(history.foundBy(a1)).isEmpty();
        auto(history, "expired-9", "EXPIRED", "GRANT_EXPIRED", Histories.GRANT_END);
        assertThat(history.foundBy(a1))
                .containsExactly("LOST 10 of the 19 requests of the story AUTO ran out of time, each for a reason.");
    }

    @Test
    void whatThereWereOnlyMomentsForMayExpireForNoReason() {
        Histories history = Histories.quiet().grantsOpenAt(Histories.GRANT_END - 2_001);
        auto(history, "enough", "EXPIRED", "GRANT_EXPIRED", Histories.GRANT_END);
        assertThat(history.foundBy(a1)).hasSize(1);
        history = Histories.quiet().grantsOpenAt(Histories.GRANT_END - 2_000);
        for (int number = 0; number < 10; number++) {
            auto(history, "expired-" + number, "EXPIRED", "GRANT_EXPIRED", Histories.GRANT_END);
        }
        assertThat(history.foundBy(a1))
                .containsExactly("LOST None of the 10 requests of the story AUTO ended FULFILLED.");
        auto(history, "done", "FULFILLED", "FULFILLED", Histories.CLOSED);
        assertThat(history.foundBy(a1)).isEmpty();
        assertThat(history.excusedBy(a1)).isEqualTo(Map.of(Hindrances.BRIEF, 10L));
    }

    private static void auto(Histories history, String request, String state, String code, long closed) {
        List<String> expected = List.of("FULFILLED", "EXPIRED:GRANT_EXPIRED");
        history.evidence.add(new Act(1, 2L, Kind.SUBMITTED, request, SUBJECT, "AUTO", null, expected, Map.of()));
        history.audit(request, 1, state, code, true, List.of(), closed);
    }

    @Test
    void anAuditOfWhatNobodySubmittedIsAViolation() {
        assertThat(Histories.quiet().audit(1, "FULFILLED", true, List.of()).foundBy(a1))
                .singleElement()
                .asString()
                .contains("nobody submitted it");
    }
}
