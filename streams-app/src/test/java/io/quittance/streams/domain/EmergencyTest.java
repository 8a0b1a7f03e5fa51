package io.quittance.streams.domain;

import static io.quittance.streams.domain.Scenario.approving;
import static io.quittance.streams.domain.Scenario.given;
import static io.quittance.streams.domain.Scenario.submission;
import static io.quittance.streams.domain.model.Action.ACCESS;
import static io.quittance.streams.domain.model.Action.DELETE;
import static io.quittance.streams.domain.model.Action.EXPORT;
import static io.quittance.streams.domain.model.RequestState.AWAITING_REVIEW;
import static io.quittance.streams.domain.model.RequestState.DENIED;
import static io.quittance.streams.domain.model.RequestState.EXECUTING;
import static io.quittance.streams.domain.model.RequestState.FULFILLED;
import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.streams.domain.docket.PendingReview;
import io.quittance.streams.domain.model.Approver;
import io.quittance.streams.domain.model.Narrowing;
import io.quittance.streams.domain.model.Scope;
import io.quittance.streams.domain.model.Verdict;
import io.quittance.streams.domain.model.Vouching;
import io.quittance.streams.fixture.RuleBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Emergency access: nobody is asked beforehand, and somebody signs for it afterwards. */
class EmergencyTest {
    private static final String R = "r";
    private static final Approver LEA = new Approver("lea", List.of("leads"));

    @Test
    void theWorkIsDoneAtOnceAndTheRequestStaysOpenUntilSigned() {
        Scenario told = emergency().thenStands(R, EXECUTING).allDone(R).thenStands(R, AWAITING_REVIEW, "REVIEW_WANTED");
        assertThat(told.effects(Effect.PromptReview.class)).hasSize(1);
        told.after(Duration.ofDays(365)).thenStands(R, AWAITING_REVIEW);

        told.decide(R, Verdict.SIGN_OFF, LEA).thenStands(R, FULFILLED);
        assertThat(told.effects(Effect.RetractPrompt.class)).hasSize(1);
        assertThat(told.docket().open()).isEmpty();
    }

    @Test
    void anObjectionIsRecordedAndEndsTheReviewToo() {
        Scenario told = emergency().allDone(R).decide(R, Verdict.OBJECT, LEA).thenStands(R, FULFILLED);

        PendingReview review = told.theCase(R).review();
        assertThat(review).isNotNull();
        assertThat(review.answer()).isNotNull();
        assertThat(review.answer().verdict()).isEqualTo(Verdict.OBJECT);
        assertThat(told.theCase(R).story().trail())
                .extracting(entry -> entry.code())
                .contains("OBJECTED");
    }

    @Test
    void peopleAreToldOnceThatTheReviewIsOverdue() {
        Scenario told = emergency().allDone(R);
        assertThat(told.due()).isEqualTo(told.now().plus(Duration.ofDays(2)));

        told.after(Duration.ofDays(2)).after(Duration.ofDays(2));

        assertThat(told.effects(Effect.Notify.class))
                .extracting(Effect.Notify::code)
                .containsOnlyOnce("REVIEW_OVERDUE");
    }

    @Test
    void whoeverUsedTheEmergencyDoesNotSignForIt() {
        emergency()
                .allDone(R)
                .decide(R, Verdict.SIGN_OFF, new Approver(Scenario.SUBJECT, List.of("leads")))
                .thenRefused(Refusal.SELF_APPROVAL)
                .thenStands(R, AWAITING_REVIEW);
    }

    @Test
    void onlyTheGroupSignsAndOnlyPeople() {
        Scenario told = emergency().allDone(R);

        told.decide(R, Verdict.SIGN_OFF, new Approver("sam", List.of("sales"))).thenRefused(Refusal.NOT_IN_GROUP);
        told.decide(R, Verdict.SIGN_OFF, new Approver("bot", List.of("leads"), Approver.Kind.MACHINE, Map.of()))
                .thenRefused(Refusal.NOT_IN_GROUP);
    }

    @Test
    void whoeverSignsSaysWhy() {
        Scenario told = emergency().allDone(R);

        told.apply(new Command.Decide(
                        R, "d", Verdict.SIGN_OFF, LEA, null, null, Narrowing.NONE, Vouching.BY_TOPIC, told.now()))
                .thenRefused(Refusal.REASON_MISSING);
    }

    @Test
    void thereIsNothingToSignBeforeTheWorkIsOver() {
        emergency().decide(R, Verdict.SIGN_OFF, LEA).thenRefused(Refusal.NOT_AWAITING_REVIEW);
        given().submit(R, EXPORT).decide(R, Verdict.OBJECT, LEA).thenRefused(Refusal.NOT_AWAITING_REVIEW);
    }

    @Test
    void aRuleForEmergenciesPermitsNothingToOthers() {
        given().rule(rule()).submit(R, ACCESS).thenStands(R, DENIED);
    }

    @Test
    void anEmergencyHasAReason() {
        var silent = Scenario.emergency(submission(R, ACCESS, Scope.EVERYTHING, Map.of("id", "1")), " ");

        given().rule(rule()).submit(silent).thenStands(R, DENIED, "BREAK_GLASS_REASON_MISSING");
    }

    @Test
    void aRequestThatOnlyWaitsToBeSignedForStandsInNobodysWay() {
        Scenario told = emergency().allDone(R);

        told.submitEmergency("again", ACCESS).thenAccepted().allDone("again");
        told.rule(approving()).submit("later", DELETE).thenStands("later", EXECUTING);
        told.withdraw(R).thenRefused(Refusal.REVIEW_PENDING);
    }

    @Test
    void unsignedReviewsLockNobodyOut() {
        Scenario told = given().rule(rule());
        for (int i = 0; i < Settings.DEFAULTS.maxOpenPerSubject(); i++) {
            told.submitEmergency("e" + i, ACCESS).allDone("e" + i);
        }

        told.submitEmergency("one too many", ACCESS).thenStands("one too many", DENIED, "TOO_MANY_OPEN");
        told.rule(approving()).submit("mine", EXPORT).thenStands("mine", EXECUTING);
    }

    @Test
    void whatIsDeniedNeedsNoReview() {
        var unknown = Scenario.emergency(
                submission(R, ACCESS, new Scope(List.of("nowhere"), List.of()), Map.of("id", "1")), "fire");

        given().rule(rule()).submit(unknown).thenStands(R, DENIED, "UNKNOWN_SYSTEM");
    }

    private static Scenario emergency() {
        return given().rule(rule()).submitEmergency(R, ACCESS);
    }

    private static RuleBuilder rule() {
        return approving().reviewedBy("leads", Duration.ofDays(2));
    }
}
