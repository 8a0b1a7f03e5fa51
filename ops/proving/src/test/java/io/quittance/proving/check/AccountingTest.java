package io.quittance.proving.check;

import static io.quittance.proving.check.Histories.SUBJECT;
import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.proving.history.Act;
import io.quittance.proving.history.Act.Kind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AccountingTest {
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
    void anExpiryNeedsAFaultToBlame() {
        Histories history = Histories.quiet().submitted("FULFILLED", "EXPIRED:GRANT_EXPIRED");
        history.audit(Histories.REQUEST, 1, "EXPIRED", "GRANT_EXPIRED", true, List.of(), Histories.GRANT_END);
        assertThat(history.foundBy(a1)).singleElement().asString().contains("GRANT_EXPIRED, and nothing was broken");
        assertThat(history.fault("kill-app", Histories.SUBMITTED - 180_001, Histories.SUBMITTED - 180_001)
                        .foundBy(a1))
                .hasSize(1);
        assertThat(history.fault("kill-app", Histories.SUBMITTED - 180_000, Histories.SUBMITTED - 180_000)
                        .foundBy(a1))
                .isEmpty();
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
        Histories history = Histories.quiet().fault("kill-app", 1, 2);
        for (int number = 0; number < 10; number++) {
            String request = "r-" + number;
            history.evidence.add(new Act(
                    1,
                    2L,
                    Kind.SUBMITTED,
                    request,
                    SUBJECT,
                    "AUTO",
                    null,
                    List.of("FULFILLED", "EXPIRED:GRANT_EXPIRED"),
                    Map.of()));
            history.audit(request, 1, "EXPIRED", "GRANT_EXPIRED", true, List.of(), Histories.GRANT_END);
        }
        assertThat(history.foundBy(a1))
                .containsExactly("LOST None of the 10 requests of the story AUTO ended FULFILLED.");
        history.evidence.add(
                new Act(1, 2L, Kind.SUBMITTED, "r-10", SUBJECT, "AUTO", null, List.of("FULFILLED"), Map.of()));
        history.audit("r-10", 1, "FULFILLED", "FULFILLED", true, List.of(), Histories.CLOSED);
        assertThat(history.foundBy(a1)).isEmpty();
    }

    @Test
    void anAuditOfWhatNobodySubmittedIsAViolation() {
        assertThat(Histories.quiet().audit(1, "FULFILLED", true, List.of()).foundBy(a1))
                .singleElement()
                .asString()
                .contains("nobody submitted it");
    }
}
