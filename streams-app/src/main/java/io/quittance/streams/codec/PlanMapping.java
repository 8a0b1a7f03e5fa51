package io.quittance.streams.codec;

import static io.quittance.streams.codec.CommonMapping.each;

import io.quittance.schema.Action;
import io.quittance.schema.ApprovalPrompt;
import io.quittance.schema.RequesterType;
import io.quittance.streams.domain.docket.Authority;
import io.quittance.streams.domain.docket.Case;
import io.quittance.streams.domain.model.DecisionMade;
import io.quittance.streams.domain.model.Plan;
import io.quittance.streams.domain.model.PlannedSystem;
import io.quittance.streams.domain.policy.ApprovalAsk;
import io.quittance.streams.domain.policy.Judgement;
import org.jspecify.annotations.Nullable;

/** Plans, and the prompts that show them to approvers. */
final class PlanMapping {
    private PlanMapping() {}

    static ApprovalPrompt prompt(Case about) {
        Authority authority = about.authority();
        ApprovalAsk ask = ask(authority.judgement());
        if (authority.plan() == null
                || authority.planHash() == null
                || about.standing().deadline() == null) {
            throw new IllegalStateException("a prompt without a plan or a time to answer");
        }
        return ApprovalPrompt.newBuilder()
                .setRequestId(about.requestId())
                .setSubjectId(about.request().subjectId())
                .setRegime(about.request().regime())
                .setRequesterType(Enums.to(
                        RequesterType.class, about.request().requester().type()))
                .setRequesterId(about.request().requester().id())
                .setPurpose(about.request().purpose())
                .setPlan(plan(authority.plan()))
                .setPlanSha256(authority.planHash())
                .setGroup(ask.group())
                .setNeeded(ask.count())
                .setApprovedBy(each(authority.approvals(), DecisionMade::approver))
                .setReasonRequired(ask.reasonRequired())
                .setHashRequired(ask.hashRequired())
                .setSubmittedAt(about.request().submittedAt())
                .setAskedAt(about.standing().since())
                .setAnswerBy(about.standing().deadline())
                .build();
    }

    static io.quittance.schema.Plan plan(Plan plan) {
        return io.quittance.schema.Plan.newBuilder()
                .setAction(Enums.to(Action.class, plan.action()))
                .setSystems(each(plan.systems(), PlanMapping::system))
                .setMinimizations(each(plan.minimizations(), CommonMapping::minimization))
                .setPolicy(plan.policy())
                .setPolicyVersion(plan.policyVersion())
                .setRule(plan.rule())
                .setWindowMs(plan.window().toMillis())
                .build();
    }

    private static io.quittance.schema.PlannedSystem system(PlannedSystem system) {
        return new io.quittance.schema.PlannedSystem(
                system.system(), system.mapVersion(), system.stage(), system.datasets(), system.categories());
    }

    private static ApprovalAsk ask(@Nullable Judgement judgement) {
        if (judgement == null || judgement.rule() == null || judgement.rule().ask() == null) {
            throw new IllegalStateException("a prompt that asks nobody");
        }
        return judgement.rule().ask();
    }
}
