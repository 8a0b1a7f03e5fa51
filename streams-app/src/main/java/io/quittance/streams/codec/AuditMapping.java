package io.quittance.streams.codec;

import static io.quittance.streams.codec.CommonMapping.each;

import io.quittance.schema.Action;
import io.quittance.schema.ApproverKind;
import io.quittance.schema.AuditRecord;
import io.quittance.schema.Channel;
import io.quittance.schema.DecisionMade;
import io.quittance.schema.Grant;
import io.quittance.schema.RequestState;
import io.quittance.schema.RequesterType;
import io.quittance.schema.ReviewMade;
import io.quittance.schema.RuleApplied;
import io.quittance.schema.Scope;
import io.quittance.schema.TaskDone;
import io.quittance.schema.TrailEntry;
import io.quittance.schema.Verdict;
import io.quittance.schema.VerificationKind;
import io.quittance.schema.VerificationMade;
import io.quittance.schema.VerificationOutcome;
import io.quittance.streams.domain.Door;
import io.quittance.streams.domain.docket.Authority;
import io.quittance.streams.domain.docket.Case;
import io.quittance.streams.domain.docket.PendingReview;
import io.quittance.streams.domain.docket.Standing;
import io.quittance.streams.domain.model.Submission;
import io.quittance.streams.domain.model.TaskState;
import io.quittance.streams.domain.model.Verification;
import io.quittance.streams.domain.policy.Judgement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request's audit record. What a publisher wrote is copied only if it is what it should be: a request may have been
 * denied for just that.
 */
final class AuditMapping {
    private static final String ILLEGIBLE = "(illegible)";

    private AuditMapping() {}

    static AuditRecord audit(Case snapshot, Instant at) {
        Submission request = snapshot.request();
        Authority authority = snapshot.authority();
        Standing standing = snapshot.standing();
        boolean closed = snapshot.state().closed();
        return AuditRecord.newBuilder()
                .setRequestId(request.requestId())
                .setSubjectId(request.subjectId())
                .setAction(Enums.to(Action.class, request.action()))
                .setRegime(legible(request.regime()))
                .setRequesterType(
                        Enums.to(RequesterType.class, request.requester().type()))
                .setRequesterId(legible(request.requester().id()))
                .setPurpose(legible(request.purpose()))
                .setChannel(Enums.to(Channel.class, request.channel()))
                .setScope(new Scope(
                        legible(request.scope().systems()),
                        legible(request.scope().categories())))
                .setState(Enums.to(RequestState.class, snapshot.state()))
                .setClosed(closed)
                .setCode(standing.code())
                .setReason(standing.reason())
                .setSubmittedAt(request.submittedAt())
                .setReceivedAt(snapshot.receivedAt())
                .setUpdatedAt(at)
                .setClosedAt(closed ? standing.since() : null)
                .setWaitsUntil(closed ? null : standing.deadline())
                .setRule(rule(authority.judgement(), snapshot.receivedAt()))
                .setVerifications(each(authority.verifications(), AuditMapping::verification))
                .setPlan(authority.plan() == null ? null : PlanMapping.plan(authority.plan()))
                .setPlanSha256(authority.planHash())
                .setDecisions(each(authority.decisions(), AuditMapping::decision))
                .setGrants(grants(snapshot))
                .setTasks(each(snapshot.tasks(), AuditMapping::task))
                .setDuplicateOf(snapshot.duplicateOf())
                .setTrail(each(snapshot.story().trail(), AuditMapping::entry))
                .setTrailDropped(snapshot.story().dropped())
                .setRevision(snapshot.story().revision())
                .setBreakGlassReason(legibleReason(request.breakGlassReason()))
                .setReview(review(snapshot.review()))
                .setClock(ClockMapping.clock(snapshot.clock(), at))
                .setLegalBasis(standing.legalBasis())
                .build();
    }

    /** The same without each dataset's outcome, for a record that would be too large. */
    static AuditRecord withoutOutcomes(AuditRecord full) {
        List<TaskDone> tasks = each(
                full.getTasks(),
                task -> TaskDone.newBuilder(task).setDatasets(List.of()).build());
        var trail = new ArrayList<>(full.getTrail());
        trail.add(new TrailEntry(
                full.getUpdatedAt(),
                "OUTCOMES_LEFT_OUT",
                "pipeline",
                "The outcomes of the datasets are larger than a record may be; the completions hold them."));
        return AuditRecord.newBuilder(full).setTasks(tasks).setTrail(trail).build();
    }

    /** Requests are judged on arrival, and the judgement is pinned. */
    private static @Nullable RuleApplied rule(@Nullable Judgement judgement, Instant judgedAt) {
        return judgement == null
                ? null
                : RuleApplied.newBuilder()
                        .setPolicy(judgement.policy())
                        .setPolicyVersion(judgement.policyVersion())
                        .setRule(
                                judgement.rule() == null
                                        ? null
                                        : judgement.rule().id())
                        .setOutcome(judgement.outcome())
                        .setReason(judgement.reason())
                        .setLookedAt(judgement.lookedAt())
                        .setAt(judgedAt)
                        .build();
    }

    private static VerificationMade verification(Verification made) {
        return VerificationMade.newBuilder()
                .setKind(Enums.to(VerificationKind.class, made.kind()))
                .setOutcome(made.proven() ? VerificationOutcome.PROVEN : VerificationOutcome.REFUSED)
                .setLevel(made.level())
                .setMethod(made.method())
                .setVerifiedBy(made.verifiedBy())
                .setAt(made.at())
                .setExpiresAt(made.expiresAt())
                .build();
    }

    private static DecisionMade decision(io.quittance.streams.domain.model.DecisionMade made) {
        return DecisionMade.newBuilder()
                .setDecisionId(made.decisionId())
                .setApprover(made.approver())
                .setVerdict(Enums.to(Verdict.class, made.verdict()))
                .setAccepted(made.rejection() == null)
                .setRejection(made.rejection())
                .setReason(made.reason())
                .setVouchedBy(made.vouching().method().name())
                .setAt(made.at())
                .setKind(Enums.to(ApproverKind.class, made.by().kind()))
                .setKeyId(made.vouching().keyId())
                .setNarrowing(CommonMapping.narrowing(made.narrowing()))
                .build();
    }

    private static @Nullable ReviewMade review(@Nullable PendingReview review) {
        if (review == null) {
            return null;
        }
        var answer = review.answer();
        return ReviewMade.newBuilder()
                .setGroup(review.group())
                .setDueAt(review.dueAt())
                .setReviewer(answer == null ? null : answer.approver())
                .setVerdict(answer == null ? null : Enums.to(Verdict.class, answer.verdict()))
                .setReason(answer == null ? null : answer.reason())
                .setAt(answer == null ? null : answer.at())
                .build();
    }

    private static List<Grant> grants(Case snapshot) {
        Submission request = snapshot.request();
        var newestFirst = new ArrayList<Grant>(each(
                snapshot.authority().grants(),
                grant -> CommonMapping.grant(
                        grant, request.requestId(), request.subjectId(), Enums.to(Action.class, request.action()))));
        Collections.reverse(newestFirst);
        return newestFirst;
    }

    private static TaskDone task(TaskState task) {
        return TaskDone.newBuilder()
                .setSystem(task.system())
                .setStage(task.stage())
                .setAttempts(task.attempt())
                .setStatus(task.status().name())
                .setCode(task.code())
                .setExecutor(task.executor())
                .setDatasets(each(task.outcomes(), CommonMapping::outcome))
                .setFirstIssuedAt(task.firstIssuedAt())
                .setFinishedAt(task.finishedAt())
                .build();
    }

    private static TrailEntry entry(io.quittance.streams.domain.model.TrailEntry entry) {
        return new TrailEntry(entry.at(), entry.code(), legible(entry.actor()), entry.detail());
    }

    private static List<String> legible(List<String> names) {
        return names.stream().limit(Door.MAX_LIST).map(AuditMapping::legible).toList();
    }

    private static @Nullable String legibleReason(@Nullable String text) {
        return text == null || Door.isText(text, Door.MAX_REASON) ? text : ILLEGIBLE;
    }

    private static String legible(String text) {
        return Door.isText(text, Door.MAX_TEXT) ? text : ILLEGIBLE;
    }
}
