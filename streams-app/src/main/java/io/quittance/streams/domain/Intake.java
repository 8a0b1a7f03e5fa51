package io.quittance.streams.domain;

import static io.quittance.streams.domain.Trigger.SUBMITTED;
import static io.quittance.streams.domain.model.RequestState.AWAITING_VERIFICATION;
import static io.quittance.streams.domain.model.RequestState.CANCELLED;
import static io.quittance.streams.domain.model.RequestState.DENIED;
import static io.quittance.streams.domain.model.RequestState.NEW;
import static io.quittance.streams.domain.model.RequestState.QUEUED;

import io.quittance.streams.domain.clock.RefusalReason;
import io.quittance.streams.domain.docket.Authority;
import io.quittance.streams.domain.docket.Case;
import io.quittance.streams.domain.docket.EarlyArrival;
import io.quittance.streams.domain.docket.Standing;
import io.quittance.streams.domain.docket.Story;
import io.quittance.streams.domain.model.Origin;
import io.quittance.streams.domain.model.Plan;
import io.quittance.streams.domain.model.Submission;
import io.quittance.streams.domain.model.TaskStatus;
import io.quittance.streams.domain.model.TrailEntry;
import io.quittance.streams.domain.model.Verification;
import io.quittance.streams.domain.plan.PlanHash;
import io.quittance.streams.domain.plan.Planned;
import io.quittance.streams.domain.plan.Planner;
import io.quittance.streams.domain.policy.Facts;
import io.quittance.streams.domain.policy.Judgement;
import io.quittance.streams.domain.policy.Rule;
import io.quittance.streams.domain.policy.RuleOutcome;
import io.quittance.streams.domain.policy.VerificationNeed;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** From a submission to a request that waits for proof, for approval, or for its turn. */
final class Intake {
    private static final String POLICY = "policy";
    private static final String PIPELINE = "pipeline";

    private Intake() {}

    static void submit(Turn turn, Submission request) {
        String id = request.requestId();
        if (turn.isOpen(id) || turn.docket().findClosed(id).isPresent()) {
            turn.repeated();
            return;
        }
        open(turn, request);
        Optional<Refusal> atTheDoor = Door.refusal(request, turn.docket(), turn.settings);
        if (atTheDoor.isPresent()) {
            deny(turn, id, atTheDoor.get(), PIPELINE);
            return;
        }
        Optional<Case> same = turn.docket().before(id).stream()
                .filter(earlier -> earlier.winding() == null && !Reviewing.isOver(earlier))
                .filter(earlier -> earlier.request().asksTheSameAs(request))
                .findFirst();
        if (same.isPresent()) {
            link(turn, id, same.get().requestId());
            return;
        }
        List<EarlyArrival> early = takeEarly(turn, id);
        early.forEach(arrival -> attachEarlyProof(turn, arrival));
        judge(turn, id);
        early.forEach(arrival -> decideEarly(turn, id, arrival));
    }

    static void verify(Turn turn, Command.Verify verify, Origin origin) {
        Optional<Case> found = turn.docket().find(verify.requestId());
        if (found.isEmpty()) {
            Early.keepOrRefuse(turn, verify.requestId(), new EarlyArrival(verify, origin, turn.now));
            return;
        }
        Case about = found.get();
        String by = verify.verification().verifiedBy();
        if (about.authority().knowsVerification(verify.verification().verificationId())) {
            turn.repeated();
        } else if (!isOpenToProof(about, verify.verification())) {
            turn.refuse(about.requestId(), Refusal.NOT_AWAITING_VERIFICATION, by);
        } else if (verify.verification().proven()
                && about.authority().verifications().size() >= turn.settings.maxTrail()) {
            turn.refuse(about.requestId(), Refusal.TOO_MANY_VERIFICATIONS, by);
        } else if (verify.verification().expiredAt(turn.now)) {
            turn.refuse(about.requestId(), Refusal.VERIFICATION_EXPIRED, by);
        } else {
            take(turn, about, verify);
        }
    }

    /** Plans what is left to do; false, and nothing changed, if that is nothing or impossible. */
    static boolean replan(Turn turn, String id) {
        Planned planned = planFor(turn, turn.get(id));
        if (planned instanceof Planned.Made made) {
            adopt(turn, id, made.plan());
            return true;
        }
        return false;
    }

    /** Gives the request a plan under its pinned rule; what cannot be planned is denied with the given trigger. */
    static boolean plan(Turn turn, String id, Trigger whenImpossible) {
        Case about = turn.get(id);
        Planned planned = planFor(turn, about);
        if (planned instanceof Planned.Impossible impossible) {
            turn.denied(impossible.why());
            turn.move(
                    id,
                    whenImpossible,
                    DENIED,
                    impossible.why().name(),
                    impossible.why().sentence(),
                    PIPELINE);
            return false;
        }
        adopt(turn, id, ((Planned.Made) planned).plan());
        return true;
    }

    /** Sends a request whose proofs are complete to its queue or to its approvers, as the pinned rule says. */
    static void proceed(Turn turn, String id, Trigger trigger) {
        Rule rule = pinnedRule(turn.get(id));
        if (rule.outcome() == RuleOutcome.APPROVE) {
            turn.move(id, trigger, QUEUED, "APPROVED_BY_RULE", "A rule of the policy approves it.", POLICY);
        } else {
            Approval.ask(turn, id, trigger);
        }
    }

    /** What was proven no longer counts now that the work would begin: it is to be proven again. */
    static boolean proofHasExpired(Turn turn, Case about) {
        return !pinnedRule(about).verification().metBy(about.authority().verifications(), turn.now);
    }

    static void wantProofAgain(Turn turn, String id) {
        wantProof(
                turn,
                id,
                Trigger.PROOF_EXPIRED,
                "PROOF_EXPIRED",
                "What was proven no longer counts; it is to be proven again.");
    }

    static Rule pinnedRule(Case about) {
        Judgement judgement = about.authority().judgement();
        if (judgement == null || judgement.rule() == null) {
            throw new IllegalStateException("a request went on without a rule");
        }
        return judgement.rule();
    }

    private static void adopt(Turn turn, String id, Plan plan) {
        Case about = turn.get(id);
        String hash = PlanHash.of(id, about.request().subjectId(), plan);
        turn.change(id, about.authority().planned(plan, hash));
    }

    private static void open(Turn turn, Submission request) {
        var standing = new Standing(NEW, "SUBMITTED", "", turn.now, null);
        var opened =
                new Case(request, turn.now, standing, Authority.none(), List.of(), null, null, null, null, Story.EMPTY);
        turn.record(new Event.Opened(opened));
        turn.record(new Event.Noted(
                request.requestId(),
                new TrailEntry(turn.now, "SUBMITTED", request.requester().id(), "The request reached the pipeline.")));
    }

    private static void link(Turn turn, String id, String original) {
        Refusal why = Refusal.DUPLICATE_OF_OPEN;
        turn.denied(why);
        turn.record(new Event.Linked(id, original));
        turn.move(id, SUBMITTED, CANCELLED, why.name(), why.sentence(), PIPELINE);
    }

    private static void judge(Turn turn, String id) {
        Case about = turn.get(id);
        int others = turn.otherOpen(id);
        Judgement judgement = turn.world
                .policies()
                .judge(new Facts(about.request(), about.authority().verifications(), others, turn.now));
        turn.change(id, about.authority().judged(judgement));
        Clocks.start(turn, id);
        if (judgement.denies() || isForEmergenciesOnly(about, judgement)) {
            denyByPolicy(turn, id, judgement);
        } else if (plan(turn, id, SUBMITTED)) {
            waitForProofOrProceed(turn, id);
        }
    }

    private static void waitForProofOrProceed(Turn turn, String id) {
        Case about = turn.get(id);
        VerificationNeed need = pinnedRule(about).verification();
        Optional<Verification> refused = about.authority().verifications().stream()
                .filter(made -> !made.proven() && need.asksFor(made.kind()))
                .findFirst();
        if (refused.isPresent()) {
            denyUnproven(turn, id, SUBMITTED, refused.get());
            return;
        }
        if (need.metBy(about.authority().verifications(), turn.now)) {
            proceed(turn, id, SUBMITTED);
        } else {
            wantProof(turn, id, SUBMITTED, "VERIFICATION_WANTED", "The rule wants proof before anything else.");
        }
    }

    /** Until the work begins, what the rule wants proven may be proven afresh, and may turn out not to be so. */
    private static boolean isOpenToProof(Case about, Verification made) {
        boolean asked = pinnedRule(about).verification().asksFor(made.kind());
        return Lifecycle.answers(about.state(), Trigger.VERIFIED)
                ? asked || made.proven()
                : asked && Lifecycle.answers(about.state(), Trigger.VERIFICATION_REFUSED);
    }

    private static void wantProof(Turn turn, String id, Trigger trigger, String code, String reason) {
        Instant deadline = turn.now.plus(pinnedRule(turn.get(id)).verification().within());
        turn.move(id, trigger, AWAITING_VERIFICATION, code, reason, POLICY, deadline);
    }

    /** A rule that has somebody sign afterwards permits nothing to a request that claims no emergency. */
    private static boolean isForEmergenciesOnly(Case about, Judgement judgement) {
        return judgement.rule() != null
                && judgement.rule().review() != null
                && !about.request().claimsEmergency();
    }

    private static void take(Turn turn, Case about, Command.Verify verify) {
        String id = about.requestId();
        var made = verify.verification().notAfter(turn.now);
        turn.change(id, about.authority().with(made));
        if (!made.proven()) {
            denyUnproven(turn, id, Trigger.VERIFICATION_REFUSED, made);
            return;
        }
        turn.note(id, made.kind() + "_PROVEN", made.verifiedBy(), "Proven by " + made.method() + ".");
        Clocks.proven(turn, id);
        boolean waits = about.state() == AWAITING_VERIFICATION;
        if (waits
                && pinnedRule(about)
                        .verification()
                        .metBy(turn.get(id).authority().verifications(), turn.now)) {
            proceed(turn, id, Trigger.VERIFIED);
        } else {
            turn.audit(id);
        }
    }

    /** The event chooses among the reasons the regime has; without one of them it is the usual one. */
    private static void denyUnproven(Turn turn, String id, Trigger trigger, Verification refused) {
        RefusalReason why = turn.settings
                .regimes()
                .find(turn.get(id).request().regime())
                .flatMap(regime -> regime.refusal(refused.kind(), refused.reasonCode()))
                .orElseGet(() -> new RefusalReason(
                        refused.kind() + "_REFUSED", "What had to be proven was refused.", "", Set.of()));
        String article = why.article().isBlank() ? null : why.article();
        var denied = new Standing(DENIED, why.code(), why.sentence(), turn.now, null, article);
        turn.move(id, trigger, denied, refused.verifiedBy());
    }

    private static void denyByPolicy(Turn turn, String id, Judgement judgement) {
        Refusal why = judgement.rule() != null
                ? Refusal.DENIED_BY_RULE
                : judgement.policyVersion() == 0 ? Refusal.POLICY_UNAVAILABLE : Refusal.NO_RULE_MATCHES;
        String reason = judgement.reason().isBlank() ? why.sentence() : judgement.reason();
        turn.denied(why);
        turn.move(id, SUBMITTED, DENIED, why.name(), reason, POLICY);
    }

    private static void deny(Turn turn, String id, Refusal why, String actor) {
        turn.denied(why);
        turn.move(id, SUBMITTED, DENIED, why.name(), why.sentence(), actor);
    }

    private static Planned planFor(Turn turn, Case about) {
        Rule rule = pinnedRule(about);
        Judgement judgement = about.authority().judgement();
        Planned planned = Planner.plan(
                about.request().action(),
                about.request().scope(),
                judgement == null ? "" : judgement.policy(),
                judgement == null ? 0 : judgement.policyVersion(),
                rule,
                turn.world.map());
        return planned instanceof Planned.Made made ? withoutDone(made.plan(), about) : planned;
    }

    /** Asked again, a request asks only for what has not been done. */
    private static Planned withoutDone(Plan plan, Case about) {
        Plan remaining = plan.onlySystems(system ->
                about.task(system).map(task -> task.status() != TaskStatus.DONE).orElse(true));
        return remaining.systems().isEmpty()
                ? new Planned.Impossible(Refusal.NOTHING_TO_DO)
                : new Planned.Made(remaining);
    }

    private static List<EarlyArrival> takeEarly(Turn turn, String id) {
        List<EarlyArrival> mine = turn.docket().early().stream()
                .filter(arrival -> Early.isAbout(arrival, id))
                .toList();
        mine.forEach(arrival -> turn.record(new Event.EarlySettled(arrival)));
        return mine;
    }

    private static void attachEarlyProof(Turn turn, EarlyArrival arrival) {
        if (arrival.command() instanceof Command.Verify verify) {
            Case about = turn.get(verify.requestId());
            if (verify.verification().expiredAt(turn.now)) {
                String by = verify.verification().verifiedBy();
                Refusal why = Refusal.VERIFICATION_EXPIRED;
                turn.note(about.requestId(), why.name(), by, why.sentence());
            } else {
                turn.change(
                        about.requestId(),
                        about.authority().with(verify.verification().notAfter(turn.now)));
            }
        }
    }

    private static void decideEarly(Turn turn, String id, EarlyArrival arrival) {
        if (!(arrival.command() instanceof Command.Decide decide)) {
            return;
        }
        if (!turn.isOpen(id)) {
            turn.effect(new Effect.DeadLetterEarly(arrival, Refusal.REQUEST_CLOSED));
        } else {
            Approval.decide(turn, decide, arrival.origin());
        }
    }
}
