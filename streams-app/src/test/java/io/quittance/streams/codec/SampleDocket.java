package io.quittance.streams.codec;

import io.quittance.streams.domain.Command;
import io.quittance.streams.domain.Refusal;
import io.quittance.streams.domain.clock.Alarm;
import io.quittance.streams.domain.clock.StatutoryClock;
import io.quittance.streams.domain.docket.Authority;
import io.quittance.streams.domain.docket.Case;
import io.quittance.streams.domain.docket.ClosedMarker;
import io.quittance.streams.domain.docket.Docket;
import io.quittance.streams.domain.docket.EarlyArrival;
import io.quittance.streams.domain.docket.Hold;
import io.quittance.streams.domain.docket.PendingReview;
import io.quittance.streams.domain.docket.Standing;
import io.quittance.streams.domain.docket.Story;
import io.quittance.streams.domain.docket.Winding;
import io.quittance.streams.domain.model.Action;
import io.quittance.streams.domain.model.Approver;
import io.quittance.streams.domain.model.Channel;
import io.quittance.streams.domain.model.DatasetOutcome;
import io.quittance.streams.domain.model.DecisionMade;
import io.quittance.streams.domain.model.Disposition;
import io.quittance.streams.domain.model.ExportedDocument;
import io.quittance.streams.domain.model.Grant;
import io.quittance.streams.domain.model.Identifiers;
import io.quittance.streams.domain.model.Minimization;
import io.quittance.streams.domain.model.Narrowing;
import io.quittance.streams.domain.model.Origin;
import io.quittance.streams.domain.model.Payload;
import io.quittance.streams.domain.model.Plan;
import io.quittance.streams.domain.model.PlannedSystem;
import io.quittance.streams.domain.model.RequestState;
import io.quittance.streams.domain.model.Requester;
import io.quittance.streams.domain.model.RequesterType;
import io.quittance.streams.domain.model.Scope;
import io.quittance.streams.domain.model.SealedIdentifiers;
import io.quittance.streams.domain.model.Submission;
import io.quittance.streams.domain.model.TaskState;
import io.quittance.streams.domain.model.TaskStatus;
import io.quittance.streams.domain.model.TrailEntry;
import io.quittance.streams.domain.model.Transformation;
import io.quittance.streams.domain.model.Verdict;
import io.quittance.streams.domain.model.Verification;
import io.quittance.streams.domain.model.Vouching;
import io.quittance.streams.domain.policy.Alternative;
import io.quittance.streams.domain.policy.ApprovalAsk;
import io.quittance.streams.domain.policy.Escalation;
import io.quittance.streams.domain.policy.Judgement;
import io.quittance.streams.domain.policy.OnGrantEnd;
import io.quittance.streams.domain.policy.OnSilence;
import io.quittance.streams.domain.policy.Requirement;
import io.quittance.streams.domain.policy.Review;
import io.quittance.streams.domain.policy.Rule;
import io.quittance.streams.domain.policy.RuleOutcome;
import io.quittance.streams.domain.policy.VerificationNeed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A docket with every kind of value in it. What it says need not make sense. */
final class SampleDocket {
    static final Instant RECEIVED = Instant.parse("2026-11-20T12:00:00.123Z");
    static final Instant CLOSED = Instant.parse("2026-11-19T08:00:00Z");
    private static final Instant LATER = Instant.parse("2026-11-20T12:30:00Z");

    private SampleDocket() {}

    static Docket full() {
        return new Docket(
                "subject-1",
                List.of(open()),
                List.of(new ClosedMarker("request-0", RequestState.FULFILLED, CLOSED, List.of("shop#1"))),
                List.of(earlyDecision(), earlyProof()),
                List.of(new Hold("directive-1", "legal-1", RECEIVED, Scope.EVERYTHING, null)));
    }

    static Case open() {
        return open(new Identifiers(
                Map.of("email", "ann@example.org"),
                new SealedIdentifiers("key-1", "X", new Payload(new byte[] {0, 1, -1}))));
    }

    static Case open(Identifiers identifiers) {
        return new Case(
                request(identifiers),
                RECEIVED,
                new Standing(
                        RequestState.EXECUTING, "RELEASED", "The grant is open.", RECEIVED, LATER, "GDPR art. 12(2)"),
                authority(),
                List.of(done(), TaskState.waiting("index", 1)),
                "request-0",
                new Winding(RequestState.EXPIRED, "REVOKED", "The approval was taken back."),
                new PendingReview(
                        "privacy-leads",
                        new Winding(RequestState.FULFILLED, "FULFILLED", "Done."),
                        LATER,
                        true,
                        decision()),
                clock(),
                new Story(List.of(new TrailEntry(RECEIVED, "SUBMITTED", "subject-1", "It came.")), 3, 5, RECEIVED, 2));
    }

    private static StatutoryClock clock() {
        return new StatutoryClock(
                "GDPR",
                "GDPR art. 12(3)",
                RECEIVED,
                RECEIVED,
                LATER,
                LATER,
                RECEIVED,
                LATER,
                3,
                List.of(new StatutoryClock.ExtensionGiven("dpo-1", "Many systems.", RECEIVED, LATER)),
                LATER,
                RECEIVED,
                LATER,
                List.of(Alarm.DEADLINE_NEAR),
                List.of("directive-2"),
                LATER);
    }

    private static Submission request(Identifiers identifiers) {
        return new Submission(
                "request-1",
                "subject-1",
                Action.DELETE,
                "GDPR",
                new Requester(RequesterType.SUBJECT, "subject-1", List.of("customer"), "192.0.2.1", "AT", "managed"),
                "account-closure",
                Channel.DASHBOARD,
                new Scope(List.of("shop"), List.of("contact")),
                identifiers,
                RECEIVED.minusSeconds(5),
                "A life is at stake.");
    }

    private static Authority authority() {
        return new Authority(
                new Judgement("default", 7, rule(), "Because.", new TreeMap<>(Map.of("request.action", "DELETE"))),
                new Plan(
                        Action.DELETE,
                        List.of(new PlannedSystem("shop", 2, 0, List.of("orders"), List.of("contact"))),
                        List.of(new Minimization("contact", Transformation.MASK)),
                        "default",
                        7,
                        "erasure",
                        Duration.ofMinutes(30)),
                "00ff",
                2,
                true,
                true,
                List.of(new Verification(
                        "v-1",
                        Verification.Kind.IDENTITY,
                        true,
                        2,
                        "email-link",
                        "identity-1",
                        RECEIVED,
                        LATER,
                        "IDENTITY_NOT_PROVEN")),
                List.of(decision()),
                List.of(new Grant(
                        "request-1#1",
                        List.of("shop"),
                        List.of("contact"),
                        RECEIVED,
                        LATER,
                        "00ff",
                        List.of("approver-1"))));
    }

    private static DecisionMade decision() {
        return new DecisionMade(
                "d-1",
                new Approver("approver-1", List.of("privacy-office"), Approver.Kind.HUMAN, Map.of("region", "eu")),
                Verdict.APPROVE,
                2,
                narrowing(),
                Vouching.bySignature("signing-key"),
                "SELF_APPROVAL",
                "Fine.",
                RECEIVED);
    }

    private static Rule rule() {
        return new Rule(
                "erasure",
                "request.action == 'DELETE'",
                RuleOutcome.ASK,
                new ApprovalAsk(
                        List.of(new Alternative(List.of(new Requirement("privacy-office", 2, false, "true")))),
                        2,
                        Duration.ofDays(3),
                        Duration.ofDays(1),
                        new Escalation(
                                Duration.ofDays(2),
                                Escalation.Mode.ADD,
                                List.of(new Alternative(List.of(new Requirement("board", 1, true, null))))),
                        OnSilence.DENY,
                        true,
                        true,
                        true),
                new VerificationNeed(2, true, Duration.ofDays(7), Duration.ofDays(90)),
                Duration.ofMinutes(30),
                List.of(new Minimization("contact", Transformation.REDACT)),
                OnGrantEnd.ASK_AGAIN,
                Duration.ofDays(14),
                new Review("privacy-leads", Duration.ofDays(2)),
                "Because.");
    }

    private static Narrowing narrowing() {
        return new Narrowing(List.of("shop"), List.of("contact"), Duration.ofMinutes(10));
    }

    private static TaskState done() {
        return new TaskState(
                "shop",
                0,
                3,
                1,
                TaskStatus.DONE,
                "CODE",
                "jdbc 1",
                List.of(new DatasetOutcome(
                        "orders",
                        Disposition.EXPORTED,
                        5,
                        4,
                        1,
                        "art. 17(3)(b)",
                        LATER,
                        new ExportedDocument("s3://b/k", "ab", 10, 5))),
                RECEIVED,
                LATER,
                LATER);
    }

    private static EarlyArrival earlyDecision() {
        var command = new Command.Decide(
                "request-9",
                "d-9",
                Verdict.DENY,
                new Approver("approver-2", List.of("privacy-office")),
                null,
                "No.",
                Narrowing.NONE,
                Vouching.notBy(Refusal.SIGNATURE_MISSING),
                RECEIVED);
        return new EarlyArrival(command, origin(), RECEIVED);
    }

    private static EarlyArrival earlyProof() {
        var proof = new Verification("v-9", Verification.Kind.INTENT, false, 0, "mail", "identity-1", RECEIVED);
        return new EarlyArrival(new Command.Verify("request-9", proof, null), origin(), RECEIVED);
    }

    private static Origin origin() {
        return new Origin("privacy.decisions", 2, 42, RECEIVED, new Payload(new byte[] {9, 8, 7}));
    }
}
