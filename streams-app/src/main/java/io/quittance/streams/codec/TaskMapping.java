package io.quittance.streams.codec;

import static io.quittance.streams.codec.CommonMapping.each;

import io.quittance.schema.Action;
import io.quittance.schema.Notification;
import io.quittance.schema.Revocation;
import io.quittance.schema.Task;
import io.quittance.streams.domain.Effect;
import io.quittance.streams.domain.model.Plan;
import io.quittance.streams.domain.model.Submission;
import org.jspecify.annotations.Nullable;

/** What executors and people are told. */
final class TaskMapping {
    private TaskMapping() {}

    static Task task(Effect.IssueTask issue) {
        Submission request = issue.of().request();
        Action action = Enums.to(Action.class, request.action());
        if (issue.task().due() == null) {
            throw new IllegalStateException("a task without a deadline");
        }
        return Task.newBuilder()
                .setTaskId(request.requestId() + "/" + issue.task().system())
                .setRequestId(request.requestId())
                .setSubjectId(request.subjectId())
                .setSystem(issue.task().system())
                .setAttempt(issue.task().attempt())
                .setAction(action)
                .setRegime(request.regime())
                .setGrant(CommonMapping.grant(issue.grant(), request.requestId(), request.subjectId(), action))
                .setIdentifiers(CommonMapping.identifiers(request.identifiers()))
                .setDatasets(each(issue.datasets(), CommonMapping::dataset))
                .setMinimizations(each(issue.minimizations(), CommonMapping::minimization))
                .setIssuedAt(issue.at())
                .setDeadline(issue.task().due())
                .setPolicy(policy(issue.of().authority().plan()))
                .setSpared(issue.spared().isEmpty() ? null : each(issue.spared(), CommonMapping::dataset))
                .build();
    }

    static Revocation revocation(Effect.RevokeGrant revoke) {
        return Revocation.newBuilder()
                .setGrantId(revoke.grant().grantId())
                .setRequestId(revoke.of().requestId())
                .setSubjectId(revoke.of().request().subjectId())
                .setRevokedAt(revoke.at())
                .setGrantNotAfter(revoke.grant().notAfter())
                .setCode(revoke.code())
                .build();
    }

    static Notification notification(Effect.Notify notify) {
        return Notification.newBuilder()
                .setRequestId(notify.about().requestId())
                .setSubjectId(notify.about().request().subjectId())
                .setAt(notify.at())
                .setCode(notify.code())
                .setAudience(notify.audience())
                .setDetail(notify.detail())
                .build();
    }

    private static @Nullable String policy(@Nullable Plan plan) {
        return plan == null ? null : plan.policy();
    }
}
