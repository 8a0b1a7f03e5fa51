package io.quittance.streams.domain;

import static io.quittance.streams.domain.Trigger.APPROVED;
import static io.quittance.streams.domain.Trigger.DECISION_DENIED;
import static io.quittance.streams.domain.Trigger.TIMED_OUT;
import static io.quittance.streams.domain.model.RequestState.AWAITING_APPROVAL;
import static io.quittance.streams.domain.model.RequestState.DENIED;
import static io.quittance.streams.domain.model.RequestState.EXPIRED;
import static io.quittance.streams.domain.model.RequestState.QUEUED;

import io.quittance.streams.domain.docket.Authority;
import io.quittance.streams.domain.docket.Case;
import io.quittance.streams.domain.docket.EarlyArrival;
import io.quittance.streams.domain.model.Approver;
import io.quittance.streams.domain.model.DecisionMade;
import io.quittance.streams.domain.model.Grant;
import io.quittance.streams.domain.model.Narrowing;
import io.quittance.streams.domain.model.Origin;
import io.quittance.streams.domain.model.Plan;
import io.quittance.streams.domain.model.Verdict;
import io.quittance.streams.domain.plan.Planner;
import io.quittance.streams.domain.policy.ApprovalAsk;
import io.quittance.streams.domain.policy.OnSilence;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Asking for approval, and what the answers come to. Whether an answer counts is for {@link Eligibility} to say. */
final class Approval {
    private static final String PIPELINE = "pipeline";

    private Approval() {}

    /** Puts the request before its approvers. */
    static void ask(Turn turn, String id, Trigger trigger) {
        turn.change(id, turn.get(id).authority().askedAgain());
        ApprovalAsk ask = askOf(turn.get(id));
        var groups = ApprovalAsk.groups(ask.anyOf());
        Instant answerBy = turn.now.plus(ask.answerWithin());
        turn.move(
                id,
                trigger,
                AWAITING_APPROVAL,
                "APPROVAL_WANTED",
                "A decision of the group" + (groups.size() == 1 ? " " : "s ") + String.join(", ", groups)
                        + " is wanted.",
                "policy",
                answerBy);
        prompt(turn, id);
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
        Optional<Refusal> refused = Eligibility.refusal(turn, about, decide);
        DecisionMade made = made(turn, about, decide, refused);
        keep(turn, about, made);
        if (refused.isPresent()) {
            turn.refuse(about.requestId(), refused.get(), decide.approver().id());
        } else {
            carryOut(turn, about.requestId(), made);
        }
    }

    /** Those who are asked have been silent for a while: they are reminded, or others are asked. */
    static void nudge(Turn turn, String id) {
        Case about = turn.get(id);
        if (about.reminder().filter(due -> !due.isAfter(turn.now)).isPresent()) {
            remind(turn, id);
        }
        if (about.escalation().filter(due -> !due.isAfter(turn.now)).isPresent()) {
            escalate(turn, id);
        }
    }

    /** The time to answer is over. A denial that stands outweighs a silence that would approve. */
    static void silence(Turn turn, String id) {
        Case about = turn.get(id);
        boolean objected = !about.authority().denials().isEmpty();
        OnSilence meaning = askOf(about).onSilence();
        switch (objected && meaning == OnSilence.APPROVE ? OnSilence.DENY : meaning) {
            case EXPIRE -> turn.move(id, TIMED_OUT, EXPIRED, "NO_ANSWER_IN_TIME", Deadlines.NO_ANSWER, PIPELINE);
            case DENY ->
                turn.move(
                        id,
                        TIMED_OUT,
                        DENIED,
                        "SILENCE_DENIES",
                        "Too few approved in the time there was, and the rule takes that for a no.",
                        PIPELINE);
            case APPROVE ->
                turn.move(
                        id,
                        TIMED_OUT,
                        QUEUED,
                        "SILENCE_APPROVES",
                        "Nobody objected in the time there was, and the rule takes that for a yes.",
                        PIPELINE);
        }
    }

    /** How far the approvals of this round fill what is asked. */
    static Ballot ballot(Turn turn, Case about) {
        Authority authority = about.authority();
        return Ballot.count(
                Eligibility.openWays(about),
                authority.approvals(),
                (requirement, approver) -> Eligibility.fits(turn, about, requirement, approver));
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

    static ApprovalAsk askOf(Case about) {
        ApprovalAsk ask = Intake.pinnedRule(about).ask();
        if (ask == null) {
            throw new IllegalStateException("a request was put before approvers by a rule that asks nobody");
        }
        return ask;
    }

    private static void carryOut(Turn turn, String id, DecisionMade made) {
        switch (made.verdict()) {
            case DENY -> deny(turn, id, made);
            case APPROVE -> approve(turn, id, made);
            case REVOKE -> revoke(turn, id, made);
            case SIGN_OFF, OBJECT -> Reviewing.sign(turn, id, made);
            case UNKNOWN -> throw new IllegalStateException("an unknown verdict was let through");
        }
    }

    private static void approve(Turn turn, String id, DecisionMade made) {
        if (!made.narrowing().equals(Narrowing.NONE)) {
            turn.note(id, "NARROWED", made.approver(), "The approval is for less than was asked.");
        }
        if (ballot(turn, turn.get(id)).isEnough()) {
            enough(turn, id, made.approver());
        } else {
            count(turn, id, "APPROVAL_COUNTED", made.approver(), "An approval counts; more are needed.");
        }
    }

    private static void enough(Turn turn, String id, String by) {
        turn.move(id, APPROVED, QUEUED, "APPROVED", "Everybody who is needed has approved.", by);
    }

    private static void deny(Turn turn, String id, DecisionMade made) {
        Case about = turn.get(id);
        long humans = about.authority().denials().stream()
                .filter(denial -> denial.by().kind() == Approver.Kind.HUMAN)
                .count();
        if (humans >= askOf(about).denyThreshold() || !Eligibility.anyWayOpen(about)) {
            turn.move(
                    id,
                    DECISION_DENIED,
                    DENIED,
                    "DENIED_BY_APPROVER",
                    "Those who were asked denied it.",
                    made.approver());
        } else {
            count(turn, id, "DENIAL_COUNTED", made.approver(), "A denial counts; more are needed to end the request.");
        }
    }

    private static void revoke(Turn turn, String id, DecisionMade made) {
        if (turn.get(id).state() == AWAITING_APPROVAL) {
            count(turn, id, "DECISION_TAKEN_BACK", made.approver(), "A decision was taken back before it was enough.");
        } else {
            Stopping.revoke(turn, id, made.approver());
        }
    }

    private static void count(Turn turn, String id, String code, String by, String sentence) {
        turn.note(id, code, by, sentence);
        turn.audit(id);
        prompt(turn, id);
    }

    /**
     * People are told that they are asked when the audit says so, once in each round: not if the answer came before.
     */
    static void tellAsked(Turn turn, String id) {
        Case about = turn.get(id);
        int round = about.authority().round();
        if (about.state() == AWAITING_APPROVAL && about.story().toldRound() != round) {
            turn.record(new Event.AskTold(id, round));
            var groups = ApprovalAsk.groups(askOf(about).anyOf());
            tell(turn, id, "APPROVAL_WANTED", groups, "A decision is wanted.");
        }
    }

    private static void remind(Turn turn, String id) {
        turn.change(id, turn.get(id).authority().afterReminder());
        turn.note(id, "REMINDED", PIPELINE, "Those who are asked have been reminded.");
        turn.audit(id);
        Case about = turn.get(id);
        var groups = ApprovalAsk.groups(askOf(about).asked(about.authority().escalated()));
        tell(turn, id, "APPROVAL_REMINDER", groups, "A decision is still wanted.");
    }

    private static void escalate(Turn turn, String id) {
        turn.change(id, turn.get(id).authority().afterEscalation());
        turn.note(id, "ESCALATED", PIPELINE, "No answer came in time, so others are asked.");
        turn.audit(id);
        prompt(turn, id);
        var groups = ApprovalAsk.groups(askOf(turn.get(id)).asked(true));
        tell(turn, id, "APPROVAL_ESCALATED", groups, "A decision is wanted; those asked first were silent.");
        if (ballot(turn, turn.get(id)).isEnough()) {
            enough(turn, id, PIPELINE);
        }
    }

    /** Shows the approvers how the request stands. */
    static void prompt(Turn turn, String id) {
        Case about = turn.get(id);
        turn.effect(new Effect.Prompt(about, ballot(turn, about), approvedPlan(turn, about)));
    }

    private static void tell(Turn turn, String id, String code, Collection<String> groups, String sentence) {
        groups.forEach(group -> turn.notify(turn.get(id), code, group, sentence));
    }

    /** Of when it was taken into account: what an approver says of the time is not to be built on. */
    private static DecisionMade made(Turn turn, Case about, Command.Decide decide, Optional<Refusal> refused) {
        boolean counts = refused.isEmpty() && decide.verdict() == Verdict.APPROVE;
        return new DecisionMade(
                decide.decisionId(),
                decide.approver(),
                decide.verdict(),
                about.authority().round(),
                counts ? narrowing(decide) : Narrowing.NONE,
                decide.vouching(),
                refused.map(Refusal::name).orElse(null),
                decide.reason(),
                turn.now);
    }

    /** Kept whether it counted or not, as far as there is room: a refused decision is part of the story. */
    private static void keep(Turn turn, Case about, DecisionMade made) {
        boolean room = about.authority().decisions().size() < turn.settings.maxTrail();
        boolean readable = !Refusal.INVALID_DECISION.name().equals(made.rejection());
        if (made.rejection() == null) {
            turn.change(about.requestId(), about.authority().with(made));
        } else if (room && readable) {
            turn.change(about.requestId(), about.authority().with(made.withoutCredentials()));
        }
    }

    private static Narrowing narrowing(Command.Decide decide) {
        Narrowing given = decide.narrowing();
        return new Narrowing(
                given.systems().stream().distinct().toList(),
                given.categories().stream().distinct().toList(),
                given.window());
    }
}
