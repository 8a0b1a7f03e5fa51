package io.quittance.streams.codec;

import static io.quittance.streams.codec.CommonMapping.each;

import io.quittance.schema.Completion;
import io.quittance.schema.DecisionEvent;
import io.quittance.schema.DirectiveEvent;
import io.quittance.schema.LimitPermit;
import io.quittance.schema.RequestEvent;
import io.quittance.schema.VerificationEvent;
import io.quittance.schema.VerificationOutcome;
import io.quittance.schema.Withdrawal;
import io.quittance.streams.domain.Command;
import io.quittance.streams.domain.Door;
import io.quittance.streams.domain.model.Action;
import io.quittance.streams.domain.model.Approver;
import io.quittance.streams.domain.model.Channel;
import io.quittance.streams.domain.model.Narrowing;
import io.quittance.streams.domain.model.Requester;
import io.quittance.streams.domain.model.RequesterType;
import io.quittance.streams.domain.model.Scope;
import io.quittance.streams.domain.model.Submission;
import io.quittance.streams.domain.model.Verdict;
import io.quittance.streams.domain.model.Verification;
import io.quittance.streams.domain.model.Vouching;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The contract's events as commands. Checks what a command's journey through logs and stores rests on (names, lengths);
 * whether it makes sense is the decider's business.
 */
final class CommandMapping {
    private static final int MAX_HASH = 128;

    private CommandMapping() {}

    /** @throws InvalidRecordException if a field cannot be what it has to be */
    static Reading.Understood understand(Object event) {
        if (event instanceof RequestEvent request) {
            return new Reading.Understood(Require.subject(request.getSubjectId()), request(request));
        } else if (event instanceof DecisionEvent decision) {
            String subject = Require.subject(decision.getSubjectId());
            return new Reading.Understood(subject, decision(decision), decision.getSignature());
        } else if (event instanceof VerificationEvent verification) {
            return new Reading.Understood(Require.subject(verification.getSubjectId()), verification(verification));
        } else if (event instanceof DirectiveEvent directive) {
            return new Reading.Understood(Require.subject(directive.getSubjectId()), directive(directive));
        } else if (event instanceof Completion completion) {
            return new Reading.Understood(Require.subject(completion.getSubjectId()), completion(completion));
        } else if (event instanceof LimitPermit permit) {
            return new Reading.Understood(Require.subject(permit.getSubjectId()), LimitMapping.permit(permit));
        }
        throw new IllegalArgumentException("not an input of the pipeline: " + event.getClass());
    }

    private static Command request(RequestEvent event) {
        Require.id("event_id", event.getEventId());
        String requestId = Require.id("request_id", event.getRequestId());
        if (event.getBody() instanceof io.quittance.schema.Submission submission) {
            return new Command.Submit(submission(event, submission));
        }
        var withdrawal = (Withdrawal) event.getBody();
        return new Command.Withdraw(
                requestId,
                Require.name("withdrawn_by", withdrawal.getWithdrawnBy(), Door.MAX_SUBJECT),
                legible(withdrawal.getReason(), Door.MAX_TEXT));
    }

    private static Submission submission(RequestEvent event, io.quittance.schema.Submission submission) {
        return new Submission(
                event.getRequestId(),
                event.getSubjectId(),
                Enums.to(Action.class, submission.getAction()),
                submission.getRegime(),
                requester(submission.getRequester()),
                submission.getPurpose(),
                Enums.to(Channel.class, submission.getChannel()),
                CommonMapping.scope(submission.getScope()),
                CommonMapping.identifiers(submission.getIdentifiers()),
                Require.time("occurred_at", event.getOccurredAt()),
                submission.getBreakGlass() == null
                        ? null
                        : submission.getBreakGlass().getReason());
    }

    private static Requester requester(io.quittance.schema.Requester requester) {
        return new Requester(
                Enums.to(RequesterType.class, requester.getType()),
                requester.getId(),
                requester.getRoles(),
                requester.getIp(),
                requester.getCountry(),
                requester.getDevice());
    }

    static Command.Decide decision(DecisionEvent event) {
        return new Command.Decide(
                Require.id("request_id", event.getRequestId()),
                Require.id("decision_id", event.getDecisionId()),
                Enums.to(Verdict.class, event.getVerdict()),
                approver(event.getApprover()),
                Require.optionalText("plan_sha256", event.getPlanSha256(), MAX_HASH),
                isApproval(event)
                        ? Require.optionalText("reason", event.getReason(), Door.MAX_REASON)
                        : legible(event.getReason(), Door.MAX_REASON),
                narrowing(event.getNarrowing()),
                Vouching.BY_TOPIC,
                decidedAt(event));
    }

    /** Whoever says no is heard, whatever the time; only a signature over that time would not fit it. */
    private static Instant decidedAt(DecisionEvent event) {
        return isApproval(event)
                ? Require.time("occurred_at", event.getOccurredAt())
                : Require.nearest(event.getOccurredAt());
    }

    private static boolean isApproval(DecisionEvent event) {
        return event.getVerdict() == io.quittance.schema.Verdict.APPROVE;
    }

    /** What people give as their reason keeps nobody from being heard who says no. */
    private static @Nullable String legible(@Nullable String reason, int longest) {
        return reason == null ? null : Door.legible(reason, longest);
    }

    private static Approver approver(io.quittance.schema.Approver approver) {
        return new Approver(
                Require.name("approver.id", approver.getId(), Door.MAX_SUBJECT),
                approver.getGroups(),
                Enums.to(Approver.Kind.class, approver.getKind()),
                approver.getAttributes());
    }

    private static Narrowing narrowing(io.quittance.schema.@Nullable Narrowing narrowing) {
        if (narrowing == null) {
            return Narrowing.NONE;
        }
        Long window = narrowing.getWindowMs();
        return new Narrowing(
                narrowing.getSystems(), narrowing.getCategories(), window == null ? null : Duration.ofMillis(window));
    }

    /** That somebody is not who they say stops work: it is refused for no time, and does not expire. */
    private static Command verification(VerificationEvent event) {
        Require.known("kind", event.getKind());
        Require.known("outcome", event.getOutcome());
        boolean proven = event.getOutcome() == VerificationOutcome.PROVEN;
        return new Command.Verify(
                Require.id("request_id", event.getRequestId()),
                new Verification(
                        Require.id("verification_id", event.getVerificationId()),
                        Enums.to(Verification.Kind.class, event.getKind()),
                        proven,
                        proven ? (int) Require.range("level", event.getLevel(), 0, 3) : 0,
                        proven
                                ? Require.text("method", event.getMethod(), Door.MAX_TEXT)
                                : Door.legible(event.getMethod(), Door.MAX_TEXT),
                        Require.name("verified_by", event.getVerifiedBy(), Door.MAX_SUBJECT),
                        proven
                                ? Require.time("occurred_at", event.getOccurredAt())
                                : Require.nearest(event.getOccurredAt()),
                        proven ? Require.optionalTime("expires_at", event.getExpiresAt()) : null,
                        legible(event.getReasonCode(), Door.MAX_TEXT)),
                legible(event.getReason(), Door.MAX_TEXT));
    }

    private static Command directive(DirectiveEvent event) {
        String requestId = event.getRequestId();
        return new Command.Direct(
                requestId == null ? null : Require.id("request_id", requestId),
                Require.id("directive_id", event.getDirectiveId()),
                Enums.to(Command.DirectiveKind.class, event.getKind()),
                Require.name("issued_by", event.getIssuedBy(), Door.MAX_SUBJECT),
                Door.legible(event.getReason(), Door.MAX_TEXT),
                scope(event.getScope()),
                event.getHoldId() == null ? null : Require.id("hold_id", event.getHoldId()));
    }

    private static Scope scope(io.quittance.schema.Scope scope) {
        Require.that(
                Door.areNames(scope.getSystems()) && Door.areNames(scope.getCategories()),
                "scope names something that cannot be a system or category");
        return CommonMapping.scope(scope);
    }

    private static Command completion(Completion event) {
        String requestId = Require.id("request_id", event.getRequestId());
        String system = Require.system("system", event.getSystem());
        Require.that(event.getTaskId().equals(requestId + "/" + system), "task_id is not request_id/system");
        return new Command.Complete(
                requestId,
                system,
                event.getAttempt(),
                Require.text("grant_id", event.getGrantId(), Door.MAX_TEXT),
                Enums.to(Command.CompletionStatus.class, event.getStatus()),
                event.getRetryable(),
                Require.optionalText("code", event.getCode(), Door.MAX_TEXT),
                each(event.getDatasets(), CommonMapping::outcome),
                Require.name("executor", event.getExecutor(), Door.MAX_TEXT),
                Require.time("finished_at", event.getFinishedAt()));
    }
}
