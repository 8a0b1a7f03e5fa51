package io.quittance.streams.history;

import static io.quittance.streams.history.Violation.unless;

import io.quittance.streams.domain.Command;
import io.quittance.streams.domain.Command.DirectiveKind;
import io.quittance.streams.domain.Decision;
import io.quittance.streams.domain.Effect;
import io.quittance.streams.domain.docket.Case;
import io.quittance.streams.domain.docket.Docket;
import io.quittance.streams.domain.model.Grant;
import io.quittance.streams.domain.model.RequestState;
import io.quittance.streams.domain.model.Scope;
import io.quittance.streams.domain.model.Verdict;
import io.quittance.streams.domain.policy.OnSilence;
import io.quittance.streams.domain.policy.RuleOutcome;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What must hold, told from outside: it sees commands go in, effects come out, and the time. It asks the core nothing,
 * and shares no code with it but the records that both read.
 */
final class Model {
    private final Surroundings around;
    private final Map<String, Dossier> dossiers = new LinkedHashMap<>();
    private final Map<String, Map<String, Scope>> holds = new HashMap<>();
    private final Set<String> ordered = new HashSet<>();
    private final Waiting early = new Waiting();
    private final Votes votes;
    private final Issuing issuing;
    private final Set<String> mustRevoke = new HashSet<>();
    private @Nullable Boolean counts;
    private boolean ticking;
    private Instant now = Instant.MIN;

    Model(Surroundings around) {
        this.around = around;
        this.votes = new Votes(around);
        this.issuing = new Issuing(around, dossiers, holds);
    }

    // ---- what a history can choose among

    List<String> prompted() {
        return dossiers.values().stream()
                .filter(one -> one.prompted)
                .map(Dossier::id)
                .toList();
    }

    List<String> underReview() {
        return dossiers.values().stream()
                .filter(one -> one.underReview)
                .map(Dossier::id)
                .toList();
    }

    List<Effect.IssueTask> outstanding() {
        return dossiers.values().stream()
                .flatMap(Dossier::out)
                .map(attempt -> attempt.task)
                .toList();
    }

    @Nullable
    String shownHash(String id) {
        Dossier one = dossiers.get(id);
        return one == null ? null : one.shownHash;
    }

    List<String> holds(String subject) {
        return List.copyOf(holds.getOrDefault(subject, Map.of()).keySet());
    }

    Map<String, Dossier> dossiers() {
        return dossiers;
    }

    void limitsChanged() {
        issuing.limitsChanged();
    }

    // ---- before a turn

    void before(String subject, Command command, Instant now) {
        ticking = false;
        counts = null;
        mustRevoke.clear();
        this.now = now;
        if (command instanceof Command.Submit submit) {
            beforeSubmit(submit, now);
        } else if (command instanceof Command.Decide decide) {
            beforeDecide(decide, now);
        } else if (command instanceof Command.Verify verify) {
            beforeVerify(verify, now);
        } else if (command instanceof Command.Complete complete) {
            issuing.beforeComplete(complete);
        } else if (command instanceof Command.Withdraw withdraw) {
            cancel(withdraw.requestId());
        } else if (command instanceof Command.Direct direct) {
            beforeDirect(subject, direct);
        }
    }

    void beforeTick(String subject, Instant now) {
        ticking = true;
        this.now = now;
        counts = null;
        mustRevoke.clear();
        issuing.beforeTick(subject, now);
        early.giveUp(subject, now);
    }

    private void beforeSubmit(Command.Submit submit, Instant now) {
        var request = submit.submission();
        if (dossiers.containsKey(request.requestId())) {
            return;
        }
        var rule = around.rules.get(Surroundings.purpose(request.purpose()));
        var dossier = new Dossier(request, rule, dossiers.size());
        dossiers.put(request.requestId(), dossier);
        early.proofs(request.requestId()).forEach(proof -> prove(dossier, proof));
    }

    private void beforeDecide(Command.Decide decide, Instant now) {
        Dossier about = dossiers.get(decide.requestId());
        if (about == null) {
            early.keep(decide.requestId(), decide, now);
        } else if (!votes.isKnown(decide)) {
            counts = vote(about, decide);
        }
    }

    private boolean vote(Dossier about, Command.Decide decide) {
        boolean stops = decide.verdict() == Verdict.REVOKE && about.permitted && about.executing() && !about.stopping;
        boolean before = about.permitted;
        boolean counted = votes.count(about, decide);
        if (about.permitted && !before) {
            about.permittedAt = now;
        }
        if (counted && stops) {
            mustRevoke.add(about.id());
        }
        return counted;
    }

    private void beforeVerify(Command.Verify verify, Instant now) {
        Dossier about = dossiers.get(verify.requestId());
        if (about == null) {
            early.keep(verify.requestId(), verify, now);
        } else {
            prove(about, verify);
        }
    }

    private static void prove(Dossier about, Command.Verify verify) {
        about.proofs.add(verify.verification());
        about.proofRefused |= !verify.verification().proven();
    }

    private void beforeDirect(String subject, Command.Direct direct) {
        Map<String, Scope> held = holds.computeIfAbsent(subject, none -> new LinkedHashMap<>());
        boolean again = direct.kind() != DirectiveKind.RETRY && ordered.contains(direct.directiveId());
        if (again || !makesSense(subject, direct, held)) {
            return;
        }
        ordered.add(direct.directiveId());
        if (direct.kind() == DirectiveKind.CANCEL && direct.requestId() != null) {
            cancel(direct.requestId());
        } else if (direct.kind() == DirectiveKind.CANCEL) {
            ofSubject(subject).forEach(one -> cancel(one.id()));
        } else if (direct.kind() == DirectiveKind.HOLD) {
            held.put(direct.directiveId(), direct.scope());
            ofSubject(subject).stream()
                    .filter(Dossier::writes)
                    .filter(one -> direct.scope().equals(Scope.EVERYTHING))
                    .filter(one -> one.out().anyMatch(attempt -> !attempt.overdue))
                    .forEach(this::mustStop);
        } else if (direct.kind() == DirectiveKind.LIFT && direct.holdId() != null) {
            held.remove(direct.holdId());
        } else if (direct.kind() == DirectiveKind.LIFT) {
            held.clear();
        } else if (direct.kind() == DirectiveKind.RETRY) {
            ofSubject(subject).stream()
                    .filter(one -> direct.requestId() == null || one.id().equals(direct.requestId()))
                    .forEach(issuing::beginAnew);
        }
    }

    /** What makes no sense is not carried out, and may be when it comes again. */
    private boolean makesSense(String subject, Command.Direct direct, Map<String, Scope> held) {
        return switch (direct.kind()) {
            case LIFT -> direct.holdId() == null || held.containsKey(direct.holdId());
            case CANCEL ->
                ofSubject(subject).stream()
                        .filter(one -> direct.requestId() == null || one.id().equals(direct.requestId()))
                        .anyMatch(one -> !one.closed() && !one.underReview);
            case HOLD -> direct.requestId() == null;
            case RETRY -> true;
            case EXTEND, PAUSE_CLOCK, RESUME_CLOCK, ACKNOWLEDGE, UNKNOWN -> true;
        };
    }

    private void cancel(String id) {
        Dossier about = dossiers.get(id);
        if (about != null && !about.closed() && !about.underReview) {
            about.cancelled = true;
            mustStop(about);
        }
    }

    private void mustStop(Dossier about) {
        if (about.executing() && !about.stopping) {
            mustRevoke.add(about.id());
        }
    }

    private List<Dossier> ofSubject(String subject) {
        return dossiers.values().stream()
                .filter(one -> one.request.subjectId().equals(subject))
                .toList();
    }

    // ---- what comes out

    void see(String subject, Effect effect, Instant now) {
        if (effect instanceof Effect.Prompt prompt) {
            prompted(open(prompt.about().requestId(), effect), prompt, now);
        } else if (effect instanceof Effect.PromptReview review) {
            Dossier about = open(review.about().requestId(), effect);
            unless(about.rule.review() != null, "only emergencies are signed for afterwards");
            about.underReview = true;
        } else if (effect instanceof Effect.RetractPrompt retract) {
            retracted(open(retract.requestId(), effect), now);
        } else if (effect instanceof Effect.IssueTask issue) {
            issuing.issued(open(issue.of().requestId(), effect), issue, now);
        } else if (effect instanceof Effect.RevokeGrant revoke) {
            Dossier about = open(revoke.of().requestId(), effect);
            unless(about.revoked.add(revoke.grant().grantId()), "a grant is revoked once");
            about.stopping = true;
            mustRevoke.remove(about.id());
        } else if (effect instanceof Effect.WriteAudit audit) {
            audited(open(audit.snapshot().requestId(), effect), audit.snapshot(), now);
        } else if (effect instanceof Effect.Notify notify) {
            Dossier about = dossier(notify.about().requestId());
            unless(!about.closed() || notify.code().equals("CLOSED"), "nobody is told anything after the end");
        }
    }

    private Dossier dossier(String id) {
        Dossier about = dossiers.get(id);
        if (about == null) {
            throw new Violation("nothing is told of a request that never came");
        }
        return about;
    }

    private Dossier open(String id, Effect effect) {
        Dossier about = dossier(id);
        unless(
                !about.closed(),
                "nothing follows after a request has closed: "
                        + effect.getClass().getSimpleName());
        return about;
    }

    private void prompted(Dossier about, Effect.Prompt prompt, Instant now) {
        var authority = prompt.about().authority();
        if (!about.prompted) {
            boolean first = about.shown == null;
            about.prompted = true;
            about.promptedAt = now;
            about.permitted = false;
            about.bySilence = false;
            about.stopping = false;
            about.escalated = false;
            about.approvals.clear();
            about.denials.clear();
            about.shown = authority.plan();
            about.shownHash = authority.planHash();
            unless(about.rule.outcome() == RuleOutcome.ASK, "only a rule that asks puts a request before people");
            unless(!first || issuing.isProven(about, now), "nobody is asked before what the rule wants is proven");
            countEarly(about);
        }
        unless(about.shownHash != null && about.shownHash.equals(authority.planHash()), "a prompt keeps its plan");
        if (authority.escalated() && !about.escalated) {
            var escalation = votes.ask(about).escalation();
            unless(
                    escalation != null && !now.isBefore(about.promptedAt.plus(escalation.after())),
                    "others are asked when the rule says so");
            about.escalated = true;
            if (!about.permitted && votes.isEnough(about)) {
                about.permitted = true;
                about.permittedAt = now;
            }
        }
    }

    private void retracted(Dossier about, Instant now) {
        if (about.underReview) {
            about.underReview = false;
            unless(about.signed, "an emergency stays open until somebody signs for it");
            return;
        }
        unless(about.prompted, "only a prompt that is open is retracted");
        about.prompted = false;
        if (ticking && !about.permitted) {
            unless(
                    !now.isBefore(about.promptedAt.plus(votes.ask(about).answerWithin())),
                    "people have the time to answer that the rule gives them");
            about.bySilence = votes.ask(about).onSilence() == OnSilence.APPROVE && about.denials.isEmpty();
            about.permitted = about.bySilence;
            about.permittedAt = now;
        } else {
            unless(
                    about.permitted || about.denied || about.cancelled || about.proofRefused,
                    "a prompt is retracted for a reason");
        }
    }

    /** Up to one that takes back what the others gave: those after it answer another asking, if there is one. */
    private void countEarly(Dossier about) {
        for (Command.Decide decide : early.decisions(about.id())) {
            early.forget(decide);
            votes.know(decide);
            if (about.permitted && decide.verdict() == Verdict.REVOKE) {
                return;
            }
            vote(about, decide);
        }
    }

    private void audited(Dossier about, Case snapshot, Instant now) {
        for (Grant grant : snapshot.authority().grants()) {
            issuing.granted(about, grant, now);
        }
        about.audited = snapshot.state();
        if (about.audited == RequestState.QUEUED && about.queuedAt == null) {
            about.queuedAt = now;
        }
        about.code = snapshot.standing().code();
        if (about.closed()) {
            Ending.check(about, now);
        }
    }

    // ---- after a turn

    void after(Docket docket, @Nullable Command command, Decision decision, Instant now) {
        if (counts != null) {
            unless(
                    counts == (decision.refusal() == null),
                    "a decision counts where the model says so: " + decision.refusal());
        }
        unless(mustRevoke.isEmpty(), "what is stopped while it runs has its grant revoked");
        if (command instanceof Command.Complete complete) {
            issuing.afterComplete(complete, decision);
        } else if (command instanceof Command.Submit submit) {
            // Whatever came early has been judged by now, whether it counted or not.
            early.decisions(submit.submission().requestId()).forEach(votes::know);
            early.forget(submit.submission().requestId());
        }
        for (Case one : docket.open()) {
            standsAsTold(one);
        }
        if (decision.refusal() != null) {
            Ending.isTold(decision);
        }
    }

    private void standsAsTold(Case one) {
        Dossier about = dossier(one.requestId());
        unless(
                about.audited == one.state() && about.code.equals(one.standing().code()),
                "the audit says where a request stands");
        boolean asked = one.state() == RequestState.AWAITING_APPROVAL;
        unless(about.prompted == asked, "a prompt is open as long as a decision is wanted");
        unless(
                about.underReview == (one.state() == RequestState.AWAITING_REVIEW),
                "a review is asked for while it waits");
        unless(!asked || !about.permitted, "a request that enough have approved goes on");
        unless(!asked || !about.denied, "a request that enough have denied ends");
    }

    void end() {
        for (Dossier about : dossiers.values()) {
            unless(about.closed(), "every request ends");
            unless(!about.prompted && !about.underReview, "no prompt is left open");
        }
    }
}
