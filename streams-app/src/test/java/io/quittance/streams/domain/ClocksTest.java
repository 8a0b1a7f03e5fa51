package io.quittance.streams.domain;

import static io.quittance.streams.domain.Scenario.approving;
import static io.quittance.streams.domain.Scenario.asking;
import static io.quittance.streams.domain.model.RequestState.AWAITING_APPROVAL;
import static io.quittance.streams.domain.model.RequestState.AWAITING_REVIEW;
import static io.quittance.streams.domain.model.RequestState.AWAITING_VERIFICATION;
import static io.quittance.streams.domain.model.RequestState.DENIED;
import static io.quittance.streams.domain.model.RequestState.FULFILLED;
import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.streams.domain.Command.DirectiveKind;
import io.quittance.streams.domain.clock.HolidayCalendar;
import io.quittance.streams.domain.clock.RefusalReason;
import io.quittance.streams.domain.clock.Regime;
import io.quittance.streams.domain.clock.Regimes;
import io.quittance.streams.domain.clock.StatutoryClock;
import io.quittance.streams.domain.clock.Term;
import io.quittance.streams.domain.model.Action;
import io.quittance.streams.domain.model.Scope;
import io.quittance.streams.domain.model.Submission;
import io.quittance.streams.domain.model.TrailEntry;
import io.quittance.streams.domain.model.Verification;
import io.quittance.streams.domain.model.Verification.Kind;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Requests under laws with a clock: what starts it, stops it and moves it, and who is told. It is noon, 1 March 2026.
 */
class ClocksTest {
    private static final String R = "request-1";

    @Test
    void theDueDateStandsInEveryPromptAndAuditRecord() {
        Scenario told = given(LAWS).submit(R, Action.DELETE).approve(R, "ann").allDone(R);

        assertThat(told.effects(Effect.Prompt.class))
                .isNotEmpty()
                .allSatisfy(prompt -> assertThat(prompt.about().answerBy()).isEqualTo("2026-04-01T23:59:59.999Z"));
        assertThat(told.effects(Effect.WriteAudit.class))
                .isNotEmpty()
                .allSatisfy(audit -> assertThat(
                                Objects.requireNonNull(audit.snapshot().clock()).dueAt())
                        .isEqualTo("2026-04-01T23:59:59.999Z"));
    }

    @Test
    void theClockStopsWhenTheRequestIsClosed() {
        Scenario told = given(LAWS).submit(R, Action.DELETE).approve(R, "ann").allDone(R);

        assertThat(clock(told).stoppedAt()).isEqualTo(told.now());
        assertThat(told.due()).as("timers left").isNull();
    }

    @Test
    void theClockStopsWhenOnlyAReviewIsLeft() {
        Scenario told = given(LAWS)
                .rule(approving().reviewedBy("leads", Duration.ofDays(2)))
                .submitEmergency(R, Action.EXPORT)
                .allDone(R)
                .thenStands(R, AWAITING_REVIEW);

        assertThat(clock(told).stoppedAt()).isEqualTo(told.now());
        told.order(DirectiveKind.EXTEND, R).thenRefused(Refusal.CLOCK_STOPPED);
        told.after(Duration.ofDays(90));
        assertThat(codes(told)).doesNotContain("DEADLINE_NEAR", "DEADLINE_MISSED");
    }

    @Test
    void aRequestThatIsDeniedAtOnceStillSaysWhatItsTimeWas() {
        Scenario told =
                given(LAWS).rule(Scenario.denying()).submit(R, Action.DELETE).thenStands(R, DENIED);

        assertThat(clock(told).dueAt()).isNotNull();
        assertThat(clock(told).stoppedAt()).isEqualTo(told.now());
    }

    @Test
    void noClockRunsWhereTheLawHasNone() {
        Scenario told = given(LAWS).submit(under("NONE", R, Action.DELETE));

        assertThat(told.theCase(R).clock()).isNull();
        for (DirectiveKind kind : CLOCK_ORDERS) {
            told.order(kind, R).thenRefused(Refusal.NO_CLOCK);
        }
    }

    @Test
    void nearAndMissedAreToldOnceEachInTrailAuditAndToThePublisher() {
        Scenario told = waiting("GDPR");
        int audits = told.effects(Effect.WriteAudit.class).size();

        told.after(Duration.ofDays(24).plusHours(11)).thenNothingFollows();
        told.after(Duration.ofHours(1));
        assertThat(notices(told)).containsExactly("DEADLINE_NEAR publisher");
        told.after(Duration.ofSeconds(1)).thenNothingFollows();
        told.after(Duration.ofDays(40));
        assertThat(notices(told)).containsExactly("DEADLINE_NEAR publisher", "DEADLINE_MISSED publisher");
        told.after(Duration.ofDays(40)).thenNothingFollows();

        assertThat(codes(told)).containsSubsequence("DEADLINE_NEAR", "DEADLINE_MISSED");
        assertThat(told.effects(Effect.WriteAudit.class)).hasSize(audits + 2);
        told.thenStands(R, AWAITING_APPROVAL);
    }

    @Test
    void theTimeOfTheNextAlarmIsTheTimeTheDocketAsksFor() {
        Scenario told = waiting("CCPA");

        assertThat(told.due()).isEqualTo("2026-03-11T00:00:00Z");
        told.after(Duration.between(told.now(), Objects.requireNonNull(told.due())));
        assertThat(codes(told)).contains("ACKNOWLEDGEMENT_DUE");
        assertThat(told.due()).isEqualTo("2026-03-14T00:00:00Z");
    }

    @Test
    void aWallClockThatWentBackTellsNothingTwice() {
        Scenario told = waiting("GDPR").after(Duration.ofDays(25));
        assertThat(notices(told)).hasSize(1);

        told.after(Duration.ofHours(-1)).thenNothingFollows();
        told.after(Duration.ofHours(1)).thenNothingFollows();
    }

    @Test
    void receiptIsToBeConfirmedAndCanBeOnce() {
        Scenario told = waiting("CCPA");

        told.order(DirectiveKind.ACKNOWLEDGE, R).thenAccepted();
        told.order(DirectiveKind.ACKNOWLEDGE, R).thenRefused(Refusal.ALREADY_ACKNOWLEDGED);
        told.after(Duration.ofDays(20));

        assertThat(codes(told))
                .contains("ACKNOWLEDGED", "ALREADY_ACKNOWLEDGED")
                .doesNotContain("ACKNOWLEDGEMENT_DUE", "ACKNOWLEDGEMENT_MISSED");
        assertThat(clock(told).acknowledgedAt()).isEqualTo(Scenario.START);
    }

    @Test
    void receiptNotConfirmedIsToldAndCanStillBe() {
        Scenario told = waiting("CCPA").after(Duration.ofDays(20));

        assertThat(notices(told)).containsExactly("ACKNOWLEDGEMENT_MISSED publisher");
        told.order(DirectiveKind.ACKNOWLEDGE, R).thenAccepted();
        assertThat(codes(told)).contains("ACKNOWLEDGED");
    }

    @Test
    void anExtensionMovesTheDatePromptsAgainAndIsGivenNoticeOf() {
        Scenario told = waiting("GDPR");
        int prompts = told.effects(Effect.Prompt.class).size();

        told.order(DirectiveKind.EXTEND, R).thenAccepted();

        assertThat(clock(told).dueAt()).isEqualTo("2026-06-01T23:59:59.999Z");
        assertThat(clock(told).extensions()).singleElement().satisfies(given -> {
            assertThat(given.by()).isEqualTo("legal");
            assertThat(given.reason()).isEqualTo("because");
        });
        assertThat(notices(told)).containsExactly("EXTENDED publisher");
        assertThat(told.effects(Effect.Prompt.class)).hasSize(prompts + 1);
        assertThat(told.effects(Effect.Prompt.class).get(prompts).about().answerBy())
                .isEqualTo("2026-06-01T23:59:59.999Z");
        told.order(DirectiveKind.EXTEND, R).thenRefused(Refusal.EXTENSION_EXHAUSTED);
        assertThat(codes(told)).contains("EXTENDED", "EXTENSION_EXHAUSTED");
    }

    @Test
    void anExtensionThatComesTooLateIsRefused() {
        Scenario told = waiting("GDPR").after(Duration.ofDays(32));

        told.order(DirectiveKind.EXTEND, R).thenRefused(Refusal.EXTENSION_TOO_LATE);

        assertThat(codes(told)).contains("EXTENSION_TOO_LATE");
    }

    @Test
    void thePromptShowsNoDateWhileTheClockIsPaused() {
        Scenario told = waiting("UK_GDPR");

        told.order(DirectiveKind.PAUSE_CLOCK, R).thenAccepted();
        assertThat(lastPrompt(told).about().answerBy()).isNull();
        told.order(DirectiveKind.PAUSE_CLOCK, R).thenRefused(Refusal.CLOCK_ALREADY_PAUSED);
        told.after(Duration.ofDays(5));
        told.order(DirectiveKind.RESUME_CLOCK, R).thenAccepted();
        told.order(DirectiveKind.RESUME_CLOCK, R).thenRefused(Refusal.CLOCK_NOT_PAUSED);

        assertThat(lastPrompt(told).about().answerBy()).isEqualTo("2026-04-06T23:59:59.999Z");
        assertThat(codes(told)).contains("CLOCK_PAUSED", "CLOCK_RESUMED", "CLOCK_ALREADY_PAUSED", "CLOCK_NOT_PAUSED");
    }

    @Test
    void aPauseIsRefusedWhereTheLawKnowsNoneOrItsTimeIsOver() {
        waiting("GDPR").order(DirectiveKind.PAUSE_CLOCK, R).thenRefused(Refusal.CLOCK_NOT_PAUSABLE);
        waiting("GDPR").order(DirectiveKind.ACKNOWLEDGE, R).thenRefused(Refusal.NOT_TO_BE_ACKNOWLEDGED);
        waiting("UK_GDPR")
                .after(Duration.ofDays(40))
                .order(DirectiveKind.PAUSE_CLOCK, R)
                .thenRefused(Refusal.DEADLINE_HAS_PASSED);
    }

    @Test
    void aDirectiveDeliveredAgainChangesNothing() {
        Scenario told = waiting("UK_GDPR");
        var pause = order(DirectiveKind.PAUSE_CLOCK, "pause-1");
        told.apply(pause).thenAccepted();
        told.apply(order(DirectiveKind.RESUME_CLOCK, "resume-1")).thenAccepted();

        told.apply(pause).thenNothingFollows();

        assertThat(told.last().repeat()).isTrue();
        assertThat(clock(told).isPaused()).isFalse();
    }

    @Test
    void aDirectiveWithoutARequestIsAboutAllThatAreOpen() {
        Scenario told = waiting("GDPR").submit(under("NONE", "request-2", Action.EXPORT));

        told.order(DirectiveKind.EXTEND, null);

        assertThat(clock(told).extensions()).hasSize(1);
        assertThat(told.theCase("request-2").story().trail())
                .extracting(TrailEntry::code)
                .contains("NO_CLOCK");
    }

    @Test
    void aDirectiveAboutARequestThatIsNotOpenIsADeadLetter() {
        Scenario told = given(LAWS);
        told.order(DirectiveKind.EXTEND, R).thenRefused(Refusal.UNKNOWN_REQUEST);
        told.order(DirectiveKind.EXTEND, null).thenRefused(Refusal.UNKNOWN_REQUEST);
        told.submit(R, Action.DELETE).approve(R, "ann").allDone(R).thenStands(R, FULFILLED);
        told.order(DirectiveKind.EXTEND, R).thenRefused(Refusal.REQUEST_CLOSED);

        assertThat(told.effects(Effect.DeadLetterInput.class)).hasSize(3);
    }

    @Test
    void theClockThatWaitsForProofStartsWithIt() {
        Scenario told = given(LAWS)
                .rule(asking().verified(2, true))
                .submit(under("UK_GDPR", R, Action.DELETE))
                .thenStands(R, AWAITING_VERIFICATION);
        assertThat(clock(told).startedAt()).isNull();
        told.order(DirectiveKind.EXTEND, R).thenRefused(Refusal.CLOCK_NOT_STARTED);

        told.after(Duration.ofDays(1)).prove(R, Kind.INTENT, 0);
        assertThat(clock(told).startedAt()).as("intent is not identity").isNull();
        told.prove(R, Kind.IDENTITY, 1);
        assertThat(clock(told).startedAt()).as("not level enough").isNull();
        told.after(Duration.ofDays(1)).prove(R, Kind.IDENTITY, 2).thenStands(R, AWAITING_APPROVAL);

        assertThat(clock(told).startedAt()).isEqualTo(told.now());
        assertThat(lastPrompt(told).about().answerBy()).isEqualTo("2026-04-03T23:59:59.999Z");
    }

    @Test
    void proofThatCameBeforeItsRequestLetsTheClockStartAtReceipt() {
        Scenario told = given(LAWS)
                .rule(asking().verified(1, false))
                .prove(R, Kind.IDENTITY, 1)
                .submit(under("UK_GDPR", R, Action.DELETE));

        assertThat(clock(told).startedAt()).isEqualTo(Scenario.START);
    }

    @Test
    void aRefusedProofDeniesWithTheReasonAndTheArticleOfTheRegime() {
        Scenario identity = unproven();
        identity.apply(refused(Kind.IDENTITY, null)).thenStands(R, DENIED, "IDENTITY_NOT_PROVEN");
        assertThat(identity.theCase(R).standing().legalBasis()).isEqualTo("art. 1");
        assertThat(identity.theCase(R).standing().reason()).isEqualTo("Nobody knows who it is.");

        Scenario chosen = unproven();
        chosen.apply(refused(Kind.IDENTITY, "UNFOUNDED")).thenStands(R, DENIED, "UNFOUNDED");
        assertThat(chosen.theCase(R).standing().legalBasis()).isEqualTo("art. 3");

        Scenario unknown = unproven();
        unknown.apply(refused(Kind.INTENT, "NO_SUCH")).thenStands(R, DENIED, "INTENT_NOT_CONFIRMED");
        assertThat(unknown.theCase(R).standing().legalBasis()).as("no article").isNull();
    }

    @Test
    void aRefusalThatCameBeforeItsRequestDeniesInTheSameWords() {
        Scenario told = given(LAWS).rule(asking().verified(1, false)).apply(refused(Kind.IDENTITY, "UNFOUNDED"));

        told.submit(R, Action.DELETE).thenStands(R, DENIED, "UNFOUNDED");
    }

    @Test
    void aLawTakenOutOfTheConfigurationLeavesItsClocksAlarms() {
        Scenario told = waiting("GDPR");
        told.settings(Settings.DEFAULTS.with(Regimes.withoutClocks("NONE")));

        told.order(DirectiveKind.EXTEND, R).thenRefused(Refusal.NO_CLOCK);
        told.after(Duration.ofDays(40));

        assertThat(codes(told)).contains("DEADLINE_MISSED");
    }

    // ---- the laws of this test: round numbers, in UTC, no holidays

    private static final List<DirectiveKind> CLOCK_ORDERS = List.of(
            DirectiveKind.EXTEND, DirectiveKind.PAUSE_CLOCK, DirectiveKind.RESUME_CLOCK, DirectiveKind.ACKNOWLEDGE);
    private static final Term MONTH = new Term(1, Term.Unit.MONTHS);
    private static final Regime.Extension TWO_MONTHS = new Regime.Extension(new Term(2, Term.Unit.MONTHS), 1, "art. 5");
    static final Regimes LAWS = new Regimes(List.of(
            law("GDPR", Regime.Start.RECEIPT, null, null),
            law("UK_GDPR", Regime.Start.IDENTITY_PROVEN, null, new Regime.Pause("unclear", Set.of(), "art. 6")),
            law(
                    "CCPA",
                    Regime.Start.RECEIPT,
                    new Regime.Acknowledgement(new Term(10, Term.Unit.BUSINESS_DAYS), 2, "art. 7"),
                    null),
            new Regime("NONE", "none", ZoneOffset.UTC, calendar(), null, null, null, null, List.of())));

    private static Regime law(
            String name,
            Regime.Start starts,
            Regime.@Nullable Acknowledgement acknowledgement,
            Regime.@Nullable Pause pause) {
        return new Regime(
                name,
                name,
                ZoneOffset.UTC,
                calendar(),
                new Regime.Answer(MONTH, starts, false, 6, "art. 4"),
                acknowledgement,
                TWO_MONTHS,
                pause,
                List.of(
                        new RefusalReason(
                                "IDENTITY_NOT_PROVEN", "Nobody knows who it is.", "art. 1", Set.of(Kind.IDENTITY)),
                        new RefusalReason("INTENT_NOT_CONFIRMED", "It was not meant.", "", Set.of(Kind.INTENT)),
                        new RefusalReason("UNFOUNDED", "There is no ground.", "art. 3", Set.of())));
    }

    private static HolidayCalendar calendar() {
        return new HolidayCalendar("none", Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY), Set.of(), 0, 9999);
    }

    // ---- words

    private static Scenario given(Regimes laws) {
        return Scenario.given().settings(Settings.DEFAULTS.with(laws));
    }

    /** An export that waits for its approvers longer than any law does. */
    private static Scenario waiting(String law) {
        return given(LAWS)
                .rule(asking().answerWithin(Duration.ofDays(300)))
                .submit(under(law, R, Action.EXPORT))
                .thenStands(R, AWAITING_APPROVAL);
    }

    private static Scenario unproven() {
        return given(LAWS).rule(asking().verified(1, true)).submit(R, Action.DELETE);
    }

    static Submission under(String law, String id, Action action) {
        Submission plain = Scenario.submission(id, action, Scope.EVERYTHING, Map.of("customer_id", "42-" + id));
        return new Submission(
                plain.requestId(),
                plain.subjectId(),
                plain.action(),
                law,
                plain.requester(),
                plain.purpose(),
                plain.channel(),
                plain.scope(),
                plain.identifiers(),
                plain.submittedAt(),
                null);
    }

    private static Command.Direct order(DirectiveKind kind, String directiveId) {
        return new Command.Direct(R, directiveId, kind, "legal", "because", Scope.EVERYTHING, null);
    }

    private static Command.Verify refused(Kind kind, @Nullable String code) {
        Instant at = Scenario.START;
        return new Command.Verify(R, new Verification("v", kind, false, 0, "totp", "idp", at, null, code), null);
    }

    private static StatutoryClock clock(Scenario told) {
        return Objects.requireNonNull(told.theCase(R).clock());
    }

    private static List<String> codes(Scenario told) {
        return told.theCase(R).story().trail().stream().map(TrailEntry::code).toList();
    }

    private static List<String> notices(Scenario told) {
        return told.effects(Effect.Notify.class).stream()
                .filter(notice -> notice.audience().equals("publisher"))
                .map(notice -> notice.code() + " " + notice.audience())
                .toList();
    }

    private static Effect.Prompt lastPrompt(Scenario told) {
        List<Effect.Prompt> prompts = told.effects(Effect.Prompt.class);
        return prompts.get(prompts.size() - 1);
    }
}
