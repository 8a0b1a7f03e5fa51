package io.quittance.streams.domain;

import static io.quittance.streams.domain.Trigger.APPROVED;
import static io.quittance.streams.domain.Trigger.DECISION_DENIED;
import static io.quittance.streams.domain.model.RequestState.AWAITING_APPROVAL;
import static io.quittance.streams.domain.model.RequestState.DENIED;
import static io.quittance.streams.domain.model.RequestState.QUEUED;

import io.quittance.streams.domain.docket.Case;
import io.quittance.streams.domain.docket.EarlyArrival;
import io.quittance.streams.domain.model.DecisionMade;
import io.quittance.streams.domain.model.Grant;
import io.quittance.streams.domain.model.Narrowing;
import io.quittance.streams.domain.model.Origin;
import io.quittance.streams.domain.model.Plan;
import io.quittance.streams.domain.model.Verdict;
import io.quittance.streams.domain.plan.Planner;
import io.quittance.streams.domain.policy.ApprovalAsk;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asking for approval, and weighing what comes back. */
final class Approval {
    private Approval() {}

    /** Puts the request before its approvers. */
    static void ask(Turn turn, String id, Trigger trigger) {
        turn.change(id, turn.get(id).authority().askedAgain());
        ApprovalAsk ask = askOf(turn.get(id));
        Instant answerBy = turn.now.plus(ask.answerWithin());
        turn.move(
                id,
                trigger,
                AWAITING_APPROVAL,
                "APPROVAL_WANTED",
                "A decision of the group " + ask.group() + " is wanted.",
                "policy",
                answerBy);
        turn.effect(new Effect.Prompt(turn.get(id)));
        turn.notify(turn.get(id), "APPROVAL_WANTED", ask.group(), "A decision is wanted.");
    }

    static void decide(Turn turn, Command.Decide decide, Origin origin) {
        Optional<Case> found = turn.docket().find(decide.requestId());
        if (found.isEmpty()) {
            Early.keepOrRefuse(turn, decide.requestId(), new EarlyArrival(decide, origin, turn.now));
            return;
        }
        Case about = found.get();
        if (about.authority().knowsDecision(decide.decisionId())) {
            turn.repeated();
            return;
        }
        Optional<Refusal> refused = refusal(turn, about, decide);
        keep(turn, about, decide, refused);
        if (refused.isPresent()) {
            turn.refuse(about.requestId(), refused.get(), decide.approver().id());
        } else {
            carryOut(turn, about.requestId(), decide);
        }
    }

    /** The plan as the approvals of this round leave it. */
    static Plan approvedPlan(Turn turn, Case about) {
        List<Narrowing> narrowings = about.authority().approvals().stream()
                .map(DecisionMade::narrowing)
                .toList();
        return Planner.narrowed(planOf(about), narrowings, turn.world.map());
    }

    /** The plan as far as the present grant covers it. */
    static Plan grantedPlan(Turn turn, Case about) {
        Grant grant = Tasks.grantOf(about);
        var covered = new Narrowing(grant.systems(), grant.categories(), null);
        return Planner.narrowed(planOf(about), List.of(covered), turn.world.map());
    }

    static Plan planOf(Case about) {
        Plan plan = about.authority().plan();
        if (plan == null) {
            throw new IllegalStateException("a request went on without a plan");
        }
        return plan;
    }

    private static void carryOut(Turn turn, String id, Command.Decide decide) {
        String by = decide.approver().id();
        switch (decide.verdict()) {
            case DENY -> turn.move(id, DECISION_DENIED, DENIED, "DENIED_BY_APPROVER", "An approver denied it.", by);
            case APPROVE -> approve(turn, id, by);
            case REVOKE -> revoke(turn, id, by);
            case UNKNOWN -> throw new IllegalStateException("an unknown verdict was let through");
        }
    }

    private static void approve(Turn turn, String id, String by) {
        Case about = turn.get(id);
        int given = about.authority().approvals().size();
        int needed = askOf(about).count();
        if (given >= needed) {
            turn.move(id, APPROVED, QUEUED, "APPROVED", "Everybody who is needed has approved.", by);
            return;
        }
        turn.note(id, "APPROVAL_COUNTED", by, given + " of " + needed + " approvals.");
        turn.audit(id);
        turn.effect(new Effect.Prompt(about));
    }

    private static void revoke(Turn turn, String id, String by) {
        if (turn.get(id).state() == AWAITING_APPROVAL) {
            turn.note(id, "APPROVAL_TAKEN_BACK", by, "An approval was taken back before it was enough.");
            turn.audit(id);
            turn.effect(new Effect.Prompt(turn.get(id)));
        } else {
            Stopping.revoke(turn, id, by);
        }
    }

    private static Optional<Refusal> refusal(Turn turn, Case about, Command.Decide decide) {
        if (!isWellFormed(decide)) {
            return Optional.of(Refusal.INVALID_DECISION);
        }
        if (isRequesterOrSubject(about, decide)) {
            return Optional.of(Refusal.SELF_APPROVAL);
        }
        long counted = about.authority().decisions().stream()
                .filter(made -> made.rejection() == null)
                .count();
        if (decide.verdict() == Verdict.APPROVE && counted >= turn.settings.maxTrail()) {
            return Optional.of(Refusal.TOO_MANY_DECISIONS);
        }
        return switch (decide.verdict()) {
            case UNKNOWN -> Optional.of(Refusal.UNKNOWN_VERDICT);
            case REVOKE -> revocationRefusal(about, decide);
            case DENY -> askedRefusal(about, decide);
            case APPROVE ->
                askedRefusal(about, decide)
                        .or(() -> bindingRefusal(about, decide))
                        .or(() -> narrowingRefusal(turn, about, decide));
        };
    }

    private static Optional<Refusal> askedRefusal(Case about, Command.Decide decide) {
        if (!Lifecycle.answers(about.state(), APPROVED)) {
            return Optional.of(Refusal.NOT_AWAITING_APPROVAL);
        }
        return decide.approver().groups().contains(askOf(about).group())
                ? Optional.empty()
                : Optional.of(Refusal.NOT_IN_GROUP);
    }

    private static Optional<Refusal> bindingRefusal(Case about, Command.Decide decide) {
        ApprovalAsk ask = askOf(about);
        if (decide.planHash() == null && ask.hashRequired()) {
            return Optional.of(Refusal.PLAN_HASH_MISSING);
        }
        if (decide.planHash() != null
                && !decide.planHash().equals(about.authority().planHash())) {
            return Optional.of(Refusal.PLAN_HASH_MISMATCH);
        }
        if (ask.reasonRequired() && (decide.reason() == null || decide.reason().isBlank())) {
            return Optional.of(Refusal.REASON_MISSING);
        }
        boolean again = about.authority().approvals().stream()
                .anyMatch(made -> made.approver().equals(decide.approver().id()));
        return again ? Optional.of(Refusal.ALREADY_DECIDED) : Optional.empty();
    }

    private static Optional<Refusal> narrowingRefusal(Turn turn, Case about, Command.Decide decide) {
        Narrowing narrowing = decide.narrowing();
        Plan plan = planOf(about);
        boolean longer = narrowing.window() != null && narrowing.window().compareTo(plan.window()) > 0;
        if (longer || !plan.covers(narrowing.systems(), narrowing.categories())) {
            return Optional.of(Refusal.NARROWING_WIDENS);
        }
        boolean shut = narrowing.window() != null
                && (narrowing.window().isNegative() || narrowing.window().isZero());
        var all = new ArrayList<Narrowing>();
        about.authority().approvals().forEach(made -> all.add(made.narrowing()));
        all.add(narrowing);
        boolean nothing =
                Planner.narrowed(plan, all, turn.world.map()).systems().isEmpty();
        return shut || nothing ? Optional.of(Refusal.NARROWS_TO_NOTHING) : Optional.empty();
    }

    /** Taking back before it was enough is for whoever gave; taking back a grant is for anybody of the group. */
    private static Optional<Refusal> revocationRefusal(Case about, Command.Decide decide) {
        boolean mayRevoke = switch (about.state()) {
            case AWAITING_APPROVAL ->
                about.authority().approvals().stream()
                        .anyMatch(
                                made -> made.approver().equals(decide.approver().id()));
            case QUEUED, EXECUTING -> about.winding() == null;
            case NEW, AWAITING_VERIFICATION, DENIED, EXPIRED, CANCELLED, FULFILLED, PARTIALLY_FULFILLED, FAILED ->
                false;
        };
        if (!mayRevoke) {
            return Optional.of(Refusal.NOTHING_TO_REVOKE);
        }
        ApprovalAsk ask = Intake.pinnedRule(about).ask();
        boolean stranger = ask != null && !decide.approver().groups().contains(ask.group());
        return stranger ? Optional.of(Refusal.NOT_IN_GROUP) : Optional.empty();
    }

    private static boolean isRequesterOrSubject(Case about, Command.Decide decide) {
        String approver = decide.approver().id();
        boolean stops = decide.verdict() == Verdict.REVOKE || decide.verdict() == Verdict.DENY;
        return !stops
                && (approver.equals(about.request().requester().id())
                        || approver.equals(about.request().subjectId()));
    }

    private static boolean isWellFormed(Command.Decide decide) {
        return Door.isName(decide.approver().id(), Door.MAX_SUBJECT)
                && Door.areNames(decide.approver().groups())
                && Door.areNames(decide.narrowing().systems())
                && Door.areNames(decide.narrowing().categories())
                && (decide.reason() == null || Door.isText(decide.reason(), Door.MAX_REASON));
    }

    /** Kept whether it counted or not, as far as there is room: a refused decision is part of the story. */
    private static void keep(Turn turn, Case about, Command.Decide decide, Optional<Refusal> refused) {
        boolean room = about.authority().decisions().size() < turn.settings.maxTrail();
        boolean readable = refused.filter(Refusal.INVALID_DECISION::equals).isEmpty();
        if (refused.isEmpty() || (room && readable)) {
            boolean counts = refused.isEmpty() && decide.verdict() == Verdict.APPROVE;
            var made = new DecisionMade(
                    decide.decisionId(),
                    decide.approver().id(),
                    decide.verdict(),
                    about.authority().round(),
                    counts ? narrowing(decide) : Narrowing.NONE,
                    refused.map(Refusal::name).orElse(null),
                    decide.reason(),
                    turn.now);
            turn.change(about.requestId(), about.authority().with(made));
        }
    }

    private static Narrowing narrowing(Command.Decide decide) {
        Narrowing given = decide.narrowing();
        return new Narrowing(
                given.systems().stream().distinct().toList(),
                given.categories().stream().distinct().toList(),
                given.window());
    }

    private static ApprovalAsk askOf(Case about) {
        ApprovalAsk ask = Intake.pinnedRule(about).ask();
        if (ask == null) {
            throw new IllegalStateException("a request was put before approvers by a rule that asks nobody");
        }
        return ask;
    }
}
