package io.quittance.streams.domain;

import static io.quittance.streams.domain.Scenario.approving;
import static io.quittance.streams.domain.Scenario.asking;
import static io.quittance.streams.domain.Scenario.denying;
import static io.quittance.streams.domain.Scenario.given;
import static io.quittance.streams.domain.Trigger.APPROVED;
import static io.quittance.streams.domain.Trigger.CANCEL_ORDERED;
import static io.quittance.streams.domain.Trigger.DECISION_DENIED;
import static io.quittance.streams.domain.Trigger.PLAN_CHANGED;
import static io.quittance.streams.domain.Trigger.PROOF_EXPIRED;
import static io.quittance.streams.domain.Trigger.RELEASED;
import static io.quittance.streams.domain.Trigger.REVIEWED;
import static io.quittance.streams.domain.Trigger.REVOKED;
import static io.quittance.streams.domain.Trigger.STOP_ORDERED;
import static io.quittance.streams.domain.Trigger.SUBMITTED;
import static io.quittance.streams.domain.Trigger.TASKS_ENDED;
import static io.quittance.streams.domain.Trigger.TIMED_OUT;
import static io.quittance.streams.domain.Trigger.VERIFICATION_REFUSED;
import static io.quittance.streams.domain.Trigger.VERIFIED;
import static io.quittance.streams.domain.Trigger.WITHDRAWN;
import static io.quittance.streams.domain.model.Action.DELETE;
import static io.quittance.streams.domain.model.Action.EXPORT;
import static io.quittance.streams.domain.model.RequestState.AWAITING_APPROVAL;
import static io.quittance.streams.domain.model.RequestState.AWAITING_REVIEW;
import static io.quittance.streams.domain.model.RequestState.AWAITING_VERIFICATION;
import static io.quittance.streams.domain.model.RequestState.CANCELLED;
import static io.quittance.streams.domain.model.RequestState.DENIED;
import static io.quittance.streams.domain.model.RequestState.EXECUTING;
import static io.quittance.streams.domain.model.RequestState.EXPIRED;
import static io.quittance.streams.domain.model.RequestState.FAILED;
import static io.quittance.streams.domain.model.RequestState.FULFILLED;
import static io.quittance.streams.domain.model.RequestState.NEW;
import static io.quittance.streams.domain.model.RequestState.PARTIALLY_FULFILLED;
import static io.quittance.streams.domain.model.RequestState.QUEUED;
import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.streams.domain.Command.DirectiveKind;
import io.quittance.streams.domain.Lifecycle.Transition;
import io.quittance.streams.domain.model.RequestState;
import io.quittance.streams.domain.model.Verification.Kind;
import io.quittance.streams.domain.policy.OnSilence;
import io.quittance.streams.fixture.RuleBuilder;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of the lifecycle table has a story that takes it; a row without one fails the build. */
class EveryTransitionTest {
    private static final String R = "r";
    private static final Map<Transition, Supplier<Scenario>> STORIES = stories();

    @Test
    void everyRowOfTheTableHasAStoryAndEveryStoryARow() {
        assertThat(STORIES.keySet()).containsExactlyInAnyOrderElementsOf(Lifecycle.transitions());
    }

    static Stream<Transition> rows() {
        return STORIES.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void theStoryTakesTheTransition(Transition row) {
        Scenario told = STORIES.get(row).get();

        assertThat(told.events().stream()
                        .filter(Event.Moved.class::isInstance)
                        .map(event -> ((Event.Moved) event).transition()))
                .contains(row);
    }

    @Test
    void aClosedStateHasNoWayOut() {
        assertThat(Lifecycle.transitions()).noneMatch(row -> row.from().closed());
    }

    private static Map<Transition, Supplier<Scenario>> stories() {
        var stories = new LinkedHashMap<Transition, Supplier<Scenario>>();
        tell(stories, NEW, SUBMITTED, AWAITING_VERIFICATION, EveryTransitionTest::unverified);
        tell(stories, NEW, SUBMITTED, AWAITING_APPROVAL, EveryTransitionTest::asked);
        tell(stories, NEW, SUBMITTED, QUEUED, () -> given().rule(approving()).submit(R, EXPORT));
        tell(stories, NEW, SUBMITTED, DENIED, () -> given().rule(denying()).submit(R, EXPORT));
        tell(stories, NEW, SUBMITTED, CANCELLED, EveryTransitionTest::duplicate);

        tell(
                stories,
                AWAITING_VERIFICATION,
                VERIFIED,
                AWAITING_APPROVAL,
                () -> unverified().prove(R, Kind.IDENTITY, 2));
        tell(
                stories,
                AWAITING_VERIFICATION,
                VERIFIED,
                QUEUED,
                () -> given().rule(approving().verified(1, false))
                        .submit(R, EXPORT)
                        .prove(R, Kind.IDENTITY, 1));
        tell(
                stories,
                AWAITING_VERIFICATION,
                VERIFICATION_REFUSED,
                DENIED,
                () -> unverified().verify(R, Kind.IDENTITY, false, 0, null));
        tell(
                stories,
                AWAITING_VERIFICATION,
                TIMED_OUT,
                EXPIRED,
                () -> unverified().after(Duration.ofDays(7)));
        tell(
                stories,
                AWAITING_VERIFICATION,
                WITHDRAWN,
                CANCELLED,
                () -> unverified().withdraw(R));
        tell(
                stories,
                AWAITING_VERIFICATION,
                CANCEL_ORDERED,
                CANCELLED,
                () -> unverified().order(DirectiveKind.CANCEL, R));

        tell(stories, AWAITING_APPROVAL, APPROVED, QUEUED, EveryTransitionTest::executing);
        tell(stories, AWAITING_APPROVAL, DECISION_DENIED, DENIED, () -> asked().deny(R, "ada"));
        tell(stories, AWAITING_APPROVAL, TIMED_OUT, EXPIRED, () -> asked().after(Duration.ofDays(3)));
        tell(stories, AWAITING_APPROVAL, WITHDRAWN, CANCELLED, () -> asked().withdraw(R));
        tell(stories, AWAITING_APPROVAL, CANCEL_ORDERED, CANCELLED, () -> asked().order(DirectiveKind.CANCEL, null));

        tell(stories, QUEUED, RELEASED, EXECUTING, EveryTransitionTest::executing);
        tell(
                stories,
                QUEUED,
                PLAN_CHANGED,
                AWAITING_APPROVAL,
                () -> held(asking()).mapChanges("shop").order(DirectiveKind.LIFT, null));
        tell(
                stories,
                QUEUED,
                PLAN_CHANGED,
                QUEUED,
                () -> held(approving()).mapChanges("shop").order(DirectiveKind.LIFT, null));
        tell(stories, QUEUED, PLAN_CHANGED, DENIED, EveryTransitionTest::nothingLeftToPlan);
        tell(
                stories,
                QUEUED,
                REVOKED,
                AWAITING_APPROVAL,
                () -> held(asking().askAgain()).revoke(R, "ada"));
        tell(stories, QUEUED, REVOKED, EXPIRED, () -> held(asking()).revoke(R, "ada"));
        tell(stories, QUEUED, WITHDRAWN, CANCELLED, () -> held(asking()).withdraw(R));
        tell(stories, QUEUED, CANCEL_ORDERED, CANCELLED, () -> held(asking()).order(DirectiveKind.CANCEL, R));

        tell(stories, EXECUTING, STOP_ORDERED, EXECUTING, () -> executing().revoke(R, "ada"));
        tell(stories, EXECUTING, TASKS_ENDED, FULFILLED, () -> executing().allDone(R));
        tell(
                stories,
                EXECUTING,
                TASKS_ENDED,
                PARTIALLY_FULFILLED,
                () -> executing().done(R, "shop").failed(R, "archive", false));
        tell(
                stories,
                EXECUTING,
                TASKS_ENDED,
                FAILED,
                () -> executing().failed(R, "shop", false).failed(R, "archive", false));
        tell(
                stories,
                EXECUTING,
                TASKS_ENDED,
                AWAITING_APPROVAL,
                () -> given().rule(asking().askAgain())
                        .submit(R, DELETE)
                        .approve(R, "ada")
                        .refused(R, "shop", "GRANT_EXPIRED")
                        .done(R, "archive"));
        tell(
                stories,
                EXECUTING,
                TASKS_ENDED,
                EXPIRED,
                () -> executing().refused(R, "shop", "GRANT_EXPIRED").done(R, "archive"));
        tell(
                stories,
                EXECUTING,
                TASKS_ENDED,
                CANCELLED,
                () -> executing().withdraw(R).refused(R, "shop", "REVOKED").done(R, "archive"));
        tell(stories, QUEUED, PROOF_EXPIRED, AWAITING_VERIFICATION, EveryTransitionTest::provenTooLongAgo);
        tell(
                stories,
                AWAITING_APPROVAL,
                VERIFICATION_REFUSED,
                DENIED,
                () -> unverified().prove(R, Kind.IDENTITY, 2).verify(R, Kind.IDENTITY, false, 0, null));
        tell(
                stories,
                QUEUED,
                VERIFICATION_REFUSED,
                DENIED,
                () -> given().rule(approving().verified(1, false))
                        .order(DirectiveKind.HOLD, null)
                        .submit(R, DELETE)
                        .prove(R, Kind.IDENTITY, 1)
                        .verify(R, Kind.IDENTITY, false, 0, null));
        tell(stories, AWAITING_APPROVAL, TIMED_OUT, DENIED, () -> silent(OnSilence.DENY));
        tell(stories, AWAITING_APPROVAL, TIMED_OUT, QUEUED, () -> silent(OnSilence.APPROVE));
        tell(stories, EXECUTING, TASKS_ENDED, AWAITING_REVIEW, () -> emergency().allDone(R));
        tell(
                stories,
                AWAITING_REVIEW,
                REVIEWED,
                FULFILLED,
                () -> signed(emergency().allDone(R)));
        tell(
                stories,
                AWAITING_REVIEW,
                REVIEWED,
                PARTIALLY_FULFILLED,
                () -> signed(emergency().done(R, "shop").failed(R, "archive", false)));
        tell(
                stories,
                AWAITING_REVIEW,
                REVIEWED,
                FAILED,
                () -> signed(emergency().failed(R, "shop", false).failed(R, "archive", false)));
        tell(
                stories,
                AWAITING_REVIEW,
                REVIEWED,
                EXPIRED,
                () -> signed(emergency().after(Duration.ofHours(2)).after(Duration.ofHours(2))));
        tell(
                stories,
                AWAITING_REVIEW,
                REVIEWED,
                CANCELLED,
                () -> signed(emergency().withdraw(R).allDone(R)));
        return stories;
    }

    private static Scenario asked() {
        return given().submit(R, DELETE);
    }

    private static Scenario unverified() {
        return given().rule(asking().verified(2, false)).submit(R, DELETE);
    }

    private static Scenario executing() {
        return asked().approve(R, "ada");
    }

    /** Approved, but a legal hold keeps it in the queue. */
    private static Scenario held(RuleBuilder rule) {
        Scenario scenario = given().rule(rule).order(DirectiveKind.HOLD, null).submit(R, DELETE);
        return scenario.theCase(R).state() == AWAITING_APPROVAL ? scenario.approve(R, "ada") : scenario;
    }

    private static Scenario duplicate() {
        var twice = Map.of("customer_id", "42");
        var everything = io.quittance.streams.domain.model.Scope.EVERYTHING;
        return given().submit(Scenario.submission("first", DELETE, everything, twice))
                .submit(Scenario.submission(R, DELETE, everything, twice));
    }

    private static Scenario nothingLeftToPlan() {
        Scenario scenario = held(approving());
        var readOnly = Scenario.entryOf("shop", 2);
        var entry = new io.quittance.streams.domain.model.SystemEntry(
                "shop",
                2,
                java.util.Set.of(EXPORT),
                readOnly.after(),
                readOnly.datasets(),
                readOnly.taskTimeout(),
                readOnly.maxAttempts());
        return scenario.entry(entry).mapLoses("archive").order(DirectiveKind.LIFT, null);
    }

    private static void tell(
            Map<Transition, Supplier<Scenario>> stories,
            RequestState from,
            Trigger trigger,
            RequestState to,
            Supplier<Scenario> story) {
        stories.put(new Transition(from, trigger, to), story);
    }

    private static Scenario provenTooLongAgo() {
        return given().rule(asking().verified(1, false).maxAge(Duration.ofHours(1)))
                .submit(R, EXPORT)
                .prove(R, Kind.IDENTITY, 1)
                .after(Duration.ofHours(2))
                .approve(R, "ada");
    }

    private static Scenario silent(OnSilence meaning) {
        return given().rule(asking().onSilence(meaning)).submit(R, EXPORT).after(Duration.ofDays(3));
    }

    private static Scenario emergency() {
        return given().rule(approving().reviewedBy("leads", Duration.ofDays(2))).submitEmergency(R, EXPORT);
    }

    private static Scenario signed(Scenario told) {
        return told.signOff(R, "lea", "leads");
    }
}
