package io.quittance.streams.domain;

import static io.quittance.streams.domain.Scenario.SUBJECT;
import static io.quittance.streams.domain.Scenario.approving;
import static io.quittance.streams.domain.Scenario.asking;
import static io.quittance.streams.domain.Scenario.denying;
import static io.quittance.streams.domain.Scenario.given;
import static io.quittance.streams.domain.Scenario.submission;
import static io.quittance.streams.domain.model.Action.DELETE;
import static io.quittance.streams.domain.model.Action.EXPORT;
import static io.quittance.streams.domain.model.RequestState.AWAITING_APPROVAL;
import static io.quittance.streams.domain.model.RequestState.AWAITING_VERIFICATION;
import static io.quittance.streams.domain.model.RequestState.CANCELLED;
import static io.quittance.streams.domain.model.RequestState.DENIED;
import static io.quittance.streams.domain.model.RequestState.EXECUTING;
import static io.quittance.streams.domain.model.RequestState.QUEUED;
import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.streams.domain.model.Action;
import io.quittance.streams.domain.model.Channel;
import io.quittance.streams.domain.model.Identifiers;
import io.quittance.streams.domain.model.Narrowing;
import io.quittance.streams.domain.model.Payload;
import io.quittance.streams.domain.model.Requester;
import io.quittance.streams.domain.model.RequesterType;
import io.quittance.streams.domain.model.Scope;
import io.quittance.streams.domain.model.SealedIdentifiers;
import io.quittance.streams.domain.model.Submission;
import io.quittance.streams.domain.model.TrailEntry;
import io.quittance.streams.domain.model.Verdict;
import io.quittance.streams.domain.model.Verification.Kind;
import io.quittance.streams.domain.policy.Judgement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IntakeTest {
    private static final String R = "r";

    @Test
    void anUnknownActionIsDeniedAndTheAuditSaysSo() {
        Scenario told = given().submit(R, Action.UNKNOWN);

        told.thenStands(R, DENIED, "UNKNOWN_ACTION").thenRefused(Refusal.UNKNOWN_ACTION);
        assertThat(told.effects(Effect.WriteAudit.class)).hasSize(1);
        assertThat(told.effects(Effect.Prompt.class)).isEmpty();
    }

    @Test
    void anUnknownRegimeIsDenied() {
        var known = submission(R, EXPORT, Scope.EVERYTHING, Map.of());
        var other = new Submission(
                R,
                SUBJECT,
                EXPORT,
                "LEX_TALIONIS",
                known.requester(),
                "",
                known.channel(),
                known.scope(),
                known.identifiers(),
                known.submittedAt());

        given().submit(other).thenStands(R, DENIED, "UNKNOWN_REGIME");
    }

    @Test
    void aRequesterWithoutATypeIsDenied() {
        var nobody = new Requester(RequesterType.UNKNOWN, "x", List.of(), null, null, null);
        var request = new Submission(
                R,
                SUBJECT,
                EXPORT,
                "GDPR",
                nobody,
                "",
                Channel.DASHBOARD,
                Scope.EVERYTHING,
                new Identifiers(Map.of(), null),
                Scenario.START);

        given().submit(request).thenStands(R, DENIED, "INVALID_REQUEST");
    }

    @Test
    void controlCharactersInNamesAreRefused() {
        var request = submission(R, EXPORT, new Scope(List.of("sh\u0000op"), List.of()), Map.of());

        given().submit(request).thenStands(R, DENIED, "INVALID_REQUEST");
    }

    @Test
    void aMegabyteOfIdentifiersIsRefused() {
        var request = submission(R, EXPORT, Scope.EVERYTHING, Map.of("email", "x".repeat(1_000_000)));

        given().submit(request).thenStands(R, DENIED, "IDENTIFIERS_TOO_LARGE");
    }

    @Test
    void hostileTextInIdentifiersIsCarriedAsItIs() {
        var hostile = Map.of("email", "'; drop table customers; --", "name", "😀 \u202Eمرحبا");
        Scenario told = given().rule(approving()).submit(submission(R, EXPORT, Scope.EVERYTHING, hostile));

        assertThat(told.effects(Effect.IssueTask.class))
                .isNotEmpty()
                .allMatch(issue -> issue.of().request().identifiers().plain().equals(hostile));
    }

    @Test
    void withoutAUsablePolicyTheAnswerIsNo() {
        given().policy(facts -> Judgement.unavailable("default", "There is no policy."))
                .submit(R, EXPORT)
                .thenStands(R, DENIED, "POLICY_UNAVAILABLE");
    }

    @Test
    void withoutAMatchingRuleTheAnswerIsNo() {
        given().policy(facts -> Judgement.noMatch("default", 3, Map.of()))
                .submit(R, EXPORT)
                .thenStands(R, DENIED, "NO_RULE_MATCHES");
    }

    @Test
    void aScopeOutsideTheDataMapIsDenied() {
        given().submit(submission(R, DELETE, new Scope(List.of("atlantis"), List.of()), Map.of()))
                .thenStands(R, DENIED, "UNKNOWN_SYSTEM")
                .submit(submission("s", DELETE, new Scope(List.of(), List.of("dreams")), Map.of()))
                .thenStands("s", DENIED, "UNKNOWN_CATEGORY");
    }

    @Test
    void aDataMapWhoseOrderHasACycleStopsWrites() {
        given().onlySystem("a", "b").system("b", "a").submit(R, DELETE).thenStands(R, DENIED, "MAP_HAS_CYCLE");
    }

    /** Without the system that nobody can read, an erasure of everything would be one of the rest. */
    @Test
    void whereAnEntryOfTheMapCannotBeReadNothingIsPlannedThatItMayBePartOf() {
        given().entryUnreadable("crm").submit(R, DELETE).thenStands(R, DENIED, "MAP_UNREADABLE");

        Submission shopOnly =
                Scenario.submission(R, DELETE, new Scope(List.of("shop"), List.of()), Map.of("customer_id", "42"));
        given().rule(approving()).entryUnreadable("crm").submit(shopOnly).thenStands(R, EXECUTING);
    }

    @Test
    void theSameRequestTenTimesIsOneRequest() {
        Scenario told = given().submit(R, DELETE);
        for (int i = 0; i < 9; i++) {
            told.submit(R, DELETE).thenNothingFollows();
            assertThat(told.last().repeat()).isTrue();
        }
        assertThat(told.docket().open()).hasSize(1);
    }

    @Test
    void aRepeatAfterTheEndIsStillRecognised() {
        Scenario told = given().rule(approving()).submit(R, EXPORT).allDone(R).submit(R, EXPORT);

        told.thenNothingFollows();
        assertThat(told.last().repeat()).isTrue();
    }

    @Test
    void anotherRequestForTheSameIsLinkedAndNotRunTwice() {
        var identifiers = Map.of("customer_id", "42");
        Scenario told = given().rule(approving())
                .submit(submission("first", EXPORT, Scope.EVERYTHING, identifiers))
                .submit(submission("second", EXPORT, Scope.EVERYTHING, identifiers))
                .thenStands("second", CANCELLED, "DUPLICATE_OF_OPEN");

        assertThat(told.theCase("second").duplicateOf()).isEqualTo("first");
        assertThat(told.issued("second")).isEmpty();
    }

    @Test
    void aSubjectHasOnlySoManyOpenRequests() {
        Scenario told = given();
        int limit = Settings.DEFAULTS.maxOpenPerSubject();
        for (int i = 0; i < limit; i++) {
            told.submit("r" + i, DELETE).thenAccepted();
        }
        told.submit("one-too-many", DELETE).thenStands("one-too-many", DENIED, "TOO_MANY_OPEN");
        assertThat(told.docket().open()).hasSize(limit);
    }

    @Test
    void proofIsWantedBeforeApproversAreAsked() {
        Scenario told = given().rule(asking().verified(2, true)).submit(R, DELETE);
        told.thenStands(R, AWAITING_VERIFICATION);

        told.prove(R, Kind.IDENTITY, 1).thenStands(R, AWAITING_VERIFICATION);
        told.prove(R, Kind.IDENTITY, 2).thenStands(R, AWAITING_VERIFICATION);
        assertThat(told.effects(Effect.Prompt.class)).isEmpty();

        told.prove(R, Kind.INTENT, 0).thenStands(R, AWAITING_APPROVAL);
        assertThat(told.effects(Effect.Prompt.class)).hasSize(1);
    }

    @Test
    void anExpiredProofDoesNotCount() {
        given().rule(asking().verified(1, false))
                .submit(R, DELETE)
                .verify(R, Kind.IDENTITY, true, 3, Scenario.START)
                .thenRefused(Refusal.VERIFICATION_EXPIRED)
                .thenStands(R, AWAITING_VERIFICATION);
    }

    @Test
    void aProofNobodyWaitsForIsRefused() {
        given().submit(R, DELETE).prove(R, Kind.IDENTITY, 3).thenRefused(Refusal.NOT_AWAITING_VERIFICATION);
    }

    @Test
    void aProofThatCameEarlyCounts() {
        given().rule(asking().verified(2, false))
                .prove(R, Kind.IDENTITY, 2)
                .submit(R, DELETE)
                .thenStands(R, AWAITING_APPROVAL);
    }

    @Test
    void aDecisionThatCameEarlyCountsOnceItsRequestIsThere() {
        Scenario told = given().rule(asking().hashOptional());
        var early = told.decision(R, "ada", Verdict.APPROVE, null, Narrowing.NONE);

        told.apply(early).apply(early);
        assertThat(told.last().repeat()).isTrue();
        told.submit(R, DELETE).thenStands(R, EXECUTING);
        assertThat(told.docket().early()).isEmpty();
    }

    @Test
    void anEarlyDecisionForAnotherPlanIsRefusedWhenItsRequestComes() {
        Scenario told = given();
        told.apply(told.decision(R, "ada", Verdict.APPROVE, "0".repeat(64), Narrowing.NONE))
                .submit(R, DELETE)
                .thenStands(R, AWAITING_APPROVAL);

        assertThat(told.theCase(R).authority().decisions())
                .singleElement()
                .matches(made -> "PLAN_HASH_MISMATCH".equals(made.rejection()));
    }

    @Test
    void aRefusalOfProofThatCameEarlyEndsTheRequest() {
        given().rule(asking().verified(2, false))
                .verify(R, Kind.IDENTITY, false, 0, null)
                .submit(R, DELETE)
                .thenStands(R, DENIED, "IDENTITY_REFUSED");
    }

    @Test
    void anEarlyRefusalOfAProofThatNobodyAsksForChangesNothing() {
        given().verify(R, Kind.INTENT, false, 0, null).submit(R, DELETE).thenStands(R, AWAITING_APPROVAL);
    }

    @Test
    void anEarlyProofThatHasExpiredIsToldInTheAudit() {
        Scenario told = given().rule(asking().verified(2, false));
        told.verify(R, Kind.IDENTITY, true, 2, told.now().plusSeconds(1))
                .after(Duration.ofSeconds(1))
                .submit(R, DELETE)
                .thenStands(R, AWAITING_VERIFICATION);

        assertThat(told.theCase(R).story().trail()).extracting(TrailEntry::code).contains("VERIFICATION_EXPIRED");
    }

    @Test
    void anEarlyDecisionOnARequestThatIsDeniedAtOnceIsHandedToPeopleItselfAndNotTheRequest() {
        Scenario told = given().rule(denying());
        var early = told.decision(R, "ada", Verdict.APPROVE, null, Narrowing.NONE);

        told.apply(early).submit(R, DELETE).thenStands(R, DENIED).thenRefused(Refusal.DENIED_BY_RULE);

        assertThat(told.effects(Effect.DeadLetterInput.class)).isEmpty();
        assertThat(told.effects(Effect.DeadLetterEarly.class)).singleElement().satisfies(letter -> {
            assertThat(letter.arrival().command()).isEqualTo(early);
            assertThat(letter.why()).isEqualTo(Refusal.REQUEST_CLOSED);
        });
    }

    @Test
    void aRequestMadeAgainWhileTheFirstIsBeingStoppedIsNoRepeat() {
        Scenario told = given().rule(approving()).submit("first", DELETE).withdraw("first");
        var first = told.theCase("first").request();
        var again = submission(
                "second", DELETE, Scope.EVERYTHING, first.identifiers().plain());

        told.submit(again).thenStands("second", QUEUED);
    }

    @Test
    void onlySoManyProofsAreKept() {
        Scenario told = given().rule(asking().verified(3, false)).submit(R, DELETE);
        for (int i = 0; i < Settings.DEFAULTS.maxTrail(); i++) {
            told.prove(R, Kind.IDENTITY, 1).thenAccepted();
        }

        told.prove(R, Kind.IDENTITY, 3).thenRefused(Refusal.TOO_MANY_VERIFICATIONS);
        assertThat(told.theCase(R).authority().verifications()).hasSize(Settings.DEFAULTS.maxTrail());
        told.verify(R, Kind.IDENTITY, false, 0, null).thenStands(R, DENIED);
    }

    @Test
    void theNamesOfSealedIdentifiersCountAsPartOfThem() {
        var sealed = new SealedIdentifiers("k".repeat(200_000), "a", new Payload(new byte[] {1}));
        var known = submission(R, EXPORT, Scope.EVERYTHING, Map.of());
        var request = new Submission(
                R,
                SUBJECT,
                EXPORT,
                "GDPR",
                known.requester(),
                "",
                known.channel(),
                known.scope(),
                new Identifiers(Map.of(), sealed),
                known.submittedAt());

        given().submit(request).thenStands(R, DENIED, "IDENTIFIERS_TOO_LARGE");
    }

    @Test
    void anEarlyDecisionWithoutARequestIsHandedToPeopleInTheEnd() {
        Scenario told = given();
        told.apply(told.decision("never", "ada", Verdict.APPROVE, null, Narrowing.NONE))
                .after(Settings.DEFAULTS.keepEarly().minusMillis(1));
        assertThat(told.effects(Effect.DeadLetterEarly.class)).isEmpty();

        told.after(Duration.ofMillis(1));
        assertThat(told.effects(Effect.DeadLetterEarly.class)).hasSize(1);
        assertThat(told.docket().isEmpty()).isTrue();
    }

    @Test
    void onlySoManyEarlyDecisionsAreKept() {
        Scenario told = given();
        for (int i = 0; i < Settings.DEFAULTS.maxEarlyPerSubject(); i++) {
            told.apply(told.decision("never" + i, "ada", Verdict.APPROVE, null, Narrowing.NONE));
        }
        told.apply(told.decision("last", "ada", Verdict.APPROVE, null, Narrowing.NONE))
                .thenRefused(Refusal.TOO_MANY_EARLY);
        assertThat(told.effects(Effect.DeadLetterInput.class)).hasSize(1);
    }
}
