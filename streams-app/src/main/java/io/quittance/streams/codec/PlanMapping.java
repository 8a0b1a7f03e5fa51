package io.quittance.streams.codec;

import static io.quittance.streams.codec.CommonMapping.each;

import io.quittance.schema.Action;
import io.quittance.schema.AlternativeAsked;
import io.quittance.schema.ApprovalPrompt;
import io.quittance.schema.PromptKind;
import io.quittance.schema.RequesterType;
import io.quittance.schema.RequirementAsked;
import io.quittance.streams.domain.Ballot;
import io.quittance.streams.domain.Effect;
import io.quittance.streams.domain.docket.Authority;
import io.quittance.streams.domain.docket.Case;
import io.quittance.streams.domain.docket.PendingReview;
import io.quittance.streams.domain.model.DecisionMade;
import io.quittance.streams.domain.model.Plan;
import io.quittance.streams.domain.model.PlannedSystem;
import io.quittance.streams.domain.policy.Alternative;
import io.quittance.streams.domain.policy.ApprovalAsk;
import io.quittance.streams.domain.policy.Judgement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plans, and the prompts that show them to approvers. */
final class PlanMapping {
    private PlanMapping() {}

    static ApprovalPrompt prompt(Effect.Prompt prompt) {
        Case about = prompt.about();
        Authority authority = about.authority();
        ApprovalAsk ask = ask(authority.judgement());
        if (about.standing().deadline() == null) {
            throw new IllegalStateException("a prompt without a time to answer");
        }
        List<Alternative> asked = ask.asked(authority.escalated());
        return about(about)
                .setKind(PromptKind.APPROVAL)
                .setGroup(String.join(",", ApprovalAsk.groups(asked)))
                .setNeeded(asked.stream().mapToInt(Alternative::needed).min().orElse(0))
                .setAlternatives(each(prompt.ballot().ways(), PlanMapping::alternative))
                .setApprovedBy(each(authority.approvals(), DecisionMade::approver))
                .setDenyThreshold(ask.denyThreshold())
                .setDeniedBy(each(authority.denials(), DecisionMade::approver))
                .setNarrowed(prompt.left().equals(authority.plan()) ? null : plan(prompt.left()))
                .setReasonRequired(ask.reasonRequired())
                .setHashRequired(ask.hashRequired())
                .setSignatureRequired(ask.signatureRequired())
                .setEscalated(authority.escalated())
                .setAnswerBy(about.standing().deadline())
                .build();
    }

    static ApprovalPrompt review(Effect.PromptReview prompt) {
        Case about = prompt.about();
        PendingReview review = about.review();
        if (review == null) {
            throw new IllegalStateException("a review that nobody owes");
        }
        return about(about)
                .setKind(PromptKind.REVIEW)
                .setGroup(review.group())
                .setNeeded(1)
                .setReasonRequired(true)
                .setHashRequired(false)
                .setAnswerBy(review.dueAt())
                .build();
    }

    private static ApprovalPrompt.Builder about(Case about) {
        Plan plan = about.authority().plan();
        String hash = about.authority().planHash();
        if (plan == null || hash == null) {
            throw new IllegalStateException("a prompt without a plan");
        }
        return ApprovalPrompt.newBuilder()
                .setRequestId(about.requestId())
                .setSubjectId(about.request().subjectId())
                .setRegime(about.request().regime())
                .setRequesterType(Enums.to(
                        RequesterType.class, about.request().requester().type()))
                .setRequesterId(about.request().requester().id())
                .setPurpose(about.request().purpose())
                .setPlan(plan(plan))
                .setPlanSha256(hash)
                .setSubmittedAt(about.request().submittedAt())
                .setAskedAt(about.standing().since())
                .setDueAt(about.answerBy())
                .setBreakGlassReason(about.request().breakGlassReason());
    }

    private static AlternativeAsked alternative(Ballot.Way way) {
        return new AlternativeAsked(each(
                way.places(),
                place -> RequirementAsked.newBuilder()
                        .setGroup(place.requirement().group())
                        .setNeeded(place.requirement().count())
                        .setFilledBy(place.filledBy())
                        .setMachine(place.requirement().machine())
                        .setWhen(place.requirement().when())
                        .build()));
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
