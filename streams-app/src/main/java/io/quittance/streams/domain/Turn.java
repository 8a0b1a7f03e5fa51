package io.quittance.streams.domain;

import io.quittance.streams.domain.docket.Authority;
import io.quittance.streams.domain.docket.Case;
import io.quittance.streams.domain.docket.ClosedMarker;
import io.quittance.streams.domain.docket.Docket;
import io.quittance.streams.domain.docket.PendingReview;
import io.quittance.streams.domain.docket.Standing;
import io.quittance.streams.domain.docket.Winding;
import io.quittance.streams.domain.model.RequestState;
import io.quittance.streams.domain.model.TaskState;
import io.quittance.streams.domain.model.TrailEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One command being decided: the docket as it becomes, and what has been established so far. Lives for one call. */
final class Turn {
    final Settings settings;
    final World world;
    final Instant now;
    private final Duration queued;
    private final Evolution evolution;
    private final List<Event> events = new ArrayList<>();
    private final List<Effect> effects = new ArrayList<>();
    private final Set<String> toAudit = new LinkedHashSet<>();
    private Docket docket;
    private @Nullable Refusal refusal;
    private boolean repeat;
    private @Nullable String permit;
    private final Docket before;

    /** @param writtenAt when what is decided was written; it has queued since */
    Turn(Docket docket, Settings settings, World world, Instant writtenAt, Instant now) {
        this.docket = docket;
        this.before = docket;
        this.settings = settings;
        this.world = world;
        this.queued = Duration.between(writtenAt, now);
        this.now = now;
        this.evolution = new Evolution(settings);
    }

    Docket docket() {
        return docket;
    }

    Case get(String requestId) {
        return docket.find(requestId)
                .orElseThrow(() -> new IllegalStateException("a handler lost the request it was handling"));
    }

    boolean isOpen(String requestId) {
        return docket.find(requestId).isPresent();
    }

    void record(Event event) {
        docket = evolution.apply(docket, event);
        events.add(event);
    }

    void effect(Effect effect) {
        effects.add(effect);
    }

    void change(String requestId, Authority next) {
        record(new Event.AuthorityChanged(requestId, next));
    }

    /** Has the audit told, too, if the task has got further: somebody may wait long for the last of several systems. */
    void change(String requestId, TaskState next) {
        boolean further = get(requestId)
                .task(next.system())
                .filter(before -> before.status() == next.status() && before.attempt() == next.attempt())
                .isEmpty();
        record(new Event.TaskChanged(requestId, next));
        if (further) {
            audit(requestId);
        }
    }

    /** Takes a transition of the table and tells the audit; a final state also closes the request. */
    void move(String requestId, Trigger trigger, RequestState to, String code, String reason, String actor) {
        move(requestId, trigger, to, code, reason, actor, null);
    }

    void move(
            String requestId,
            Trigger trigger,
            RequestState to,
            String code,
            String reason,
            String actor,
            @Nullable Instant deadline) {
        move(requestId, trigger, new Standing(to, code, reason, now, deadline), actor);
    }

    void move(String requestId, Trigger trigger, Standing standing, String actor) {
        RequestState to = standing.state();
        String code = standing.code();
        String reason = standing.reason();
        if (to.closed()) {
            Optional<PendingReview> review = Reviewing.owed(this, get(requestId), new Winding(to, code, reason));
            if (review.isPresent()) {
                note(requestId, code, actor, reason);
                Reviewing.open(this, requestId, trigger, review.get());
                return;
            }
        }
        RequestState from = get(requestId).state();
        var transition = new Lifecycle.Transition(from, trigger, to);
        if (!Lifecycle.transitions().contains(transition)) {
            throw new IllegalStateException("not in the table: " + transition);
        }
        if (to.closed() || to == RequestState.AWAITING_REVIEW) {
            Clocks.stop(this, requestId);
        }
        record(new Event.Moved(requestId, transition, standing));
        note(requestId, code, actor, reason);
        audit(requestId);
        if (from == RequestState.AWAITING_APPROVAL || from == RequestState.AWAITING_REVIEW) {
            effect(new Effect.RetractPrompt(requestId));
        }
        if (to.closed()) {
            close(requestId);
        }
    }

    void note(String requestId, String code, String actor, String detail) {
        record(new Event.Noted(requestId, new TrailEntry(now, code, actor, detail)));
    }

    /** Has the audit record rewritten: once the turn is over, or as much later as the settings say. */
    void audit(String requestId) {
        toAudit.add(requestId);
    }

    void notify(Case about, String code, String audience, String detail) {
        effect(new Effect.Notify(about, code, audience, detail, now));
    }

    /** The command will not be carried out; the audit of the open request says so. */
    void refuse(String requestId, Refusal why, String actor) {
        refusal = why;
        note(requestId, why.name(), actor, why.sentence());
        audit(requestId);
    }

    /** The command will not be carried out, and no open request's audit could say so. */
    void deadLetter(Refusal why) {
        refusal = why;
        effect(new Effect.DeadLetterInput(why));
    }

    /** The command was denied with an audit record of its own. */
    void denied(Refusal why) {
        refusal = why;
    }

    /** Requests of the subject that are open besides this one; those that only wait to be signed for are over. */
    int otherOpen(String requestId) {
        return (int) docket.open().stream()
                .filter(one -> !one.requestId().equals(requestId) && !Reviewing.isOver(one))
                .count();
    }

    boolean hasRefused() {
        return refusal != null;
    }

    /** The command has been taken into account before. */
    void repeated() {
        repeat = true;
    }

    /** The limiter's answer to this claim has come; it is good for this turn only. */
    void permit(String claimId) {
        permit = claimId;
    }

    boolean isPermitted(String claimId) {
        return claimId.equals(permit);
    }

    Decision finish() {
        docket.open().stream().map(Case::requestId).toList().forEach(this::settleAudit);
        Permits.tell(this, before);
        return new Decision(docket, events, effects, refusal, repeat);
    }

    private void close(String requestId) {
        publish(requestId);
        toAudit.remove(requestId);
        Case closing = get(requestId);
        notify(closing, "CLOSED", "publisher", closing.standing().reason());
        List<String> answered = closing.tasks().stream()
                .filter(task -> task.executor() != null)
                .map(Completions::answerOf)
                .toList();
        record(new Event.Closed(new ClosedMarker(requestId, closing.state(), now, answered)));
    }

    /** Progress that the next step overtakes is told together with it: one record instead of several. */
    private void settleAudit(String requestId) {
        Instant owedBy = get(requestId).story().owedBy();
        boolean changed = toAudit.contains(requestId);
        boolean due = owedBy != null && !owedBy.isAfter(now);
        if (due || (changed && settings.auditDelay().isZero())) {
            publish(requestId);
            Approval.tellAsked(this, requestId);
        } else if (changed && owedBy == null) {
            record(new Event.AuditOwed(requestId, now.plus(settings.untold(queued))));
        }
    }

    private void publish(String requestId) {
        record(new Event.Published(requestId));
        effect(new Effect.WriteAudit(get(requestId), now));
    }
}
