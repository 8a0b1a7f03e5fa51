package io.quittance.streams.domain;

import static io.quittance.streams.domain.Trigger.CANCEL_ORDERED;
import static io.quittance.streams.domain.Trigger.REVOKED;
import static io.quittance.streams.domain.Trigger.STOP_ORDERED;
import static io.quittance.streams.domain.Trigger.TASKS_ENDED;
import static io.quittance.streams.domain.Trigger.WITHDRAWN;
import static io.quittance.streams.domain.model.RequestState.CANCELLED;
import static io.quittance.streams.domain.model.RequestState.EXECUTING;
import static io.quittance.streams.domain.model.RequestState.EXPIRED;
import static io.quittance.streams.domain.model.RequestState.FULFILLED;
import static io.quittance.streams.domain.model.RequestState.QUEUED;

import io.quittance.streams.domain.docket.Case;
import io.quittance.streams.domain.docket.Ordered;
import io.quittance.streams.domain.docket.Winding;
import io.quittance.streams.domain.model.TaskStatus;
import java.util.List;
import java.util.Optional;

/**
 * Every way out that is not the end of the work. An executing request is wound down: its grant is revoked, nothing more
 * goes out, and it ends when what is out has answered, so that the audit can tell what was done.
 */
final class Stopping {
    private Stopping() {}

    static void withdraw(Turn turn, Command.Withdraw withdraw) {
        cancel(turn, withdraw.requestId(), WITHDRAWN, "WITHDRAWN", "The request was withdrawn.", withdraw.by());
    }

    /** A directive that was carried out is not carried out again when it is delivered again. */
    static void direct(Turn turn, Command.Direct direct) {
        if (turn.docket().knowsDirective(direct.directiveId())) {
            turn.repeated();
            return;
        }
        carryOut(turn, direct);
        if (!turn.hasRefused() && !Clocks.remembers(direct.kind())) {
            turn.record(new Event.Directed(new Ordered(direct.directiveId(), turn.now)));
        }
    }

    private static void carryOut(Turn turn, Command.Direct direct) {
        switch (direct.kind()) {
            case CANCEL -> cancelOrdered(turn, direct);
            case HOLD -> Holding.place(turn, direct);
            case LIFT -> Holding.lift(turn, direct);
            case RETRY -> Retrying.order(turn, direct);
            case EXTEND, PAUSE_CLOCK, RESUME_CLOCK, ACKNOWLEDGE -> Clocks.direct(turn, direct);
            case UNKNOWN -> refuseDirective(turn, direct);
        }
    }

    /** An approver has taken the grant back. */
    static void revoke(Turn turn, String id, String by) {
        String reason = "The approval was taken back.";
        if (turn.get(id).state() == QUEUED) {
            Execution.askAgainOrExpire(turn, id, REVOKED, "REVOKED", reason, by);
        } else {
            stop(turn, id, new Winding(EXPIRED, "REVOKED", reason), by);
        }
    }

    /** The data map is no longer what the approvers saw; what has not gone out may not. */
    static void planChanged(Turn turn, String id) {
        String reason = "The data map has changed since the plan was approved.";
        stop(turn, id, new Winding(EXPIRED, "PLAN_CHANGED", reason), "pipeline");
    }

    /** Everything that was out has answered. */
    static void wound(Turn turn, String id, Winding winding) {
        turn.record(new Event.WindingChanged(id, null));
        if (winding.target() == CANCELLED) {
            turn.move(id, TASKS_ENDED, CANCELLED, winding.code(), winding.reason(), "pipeline");
        } else if (turn.get(id).allTasks(TaskStatus.DONE)) {
            turn.move(id, TASKS_ENDED, FULFILLED, "FULFILLED", "All was done before it was stopped.", "pipeline");
        } else {
            Execution.askAgainOrExpire(turn, id, TASKS_ENDED, winding.code(), winding.reason(), "pipeline");
        }
    }

    private static void cancel(Turn turn, String id, Trigger trigger, String code, String reason, String by) {
        Optional<Case> found = turn.docket().find(id);
        if (found.isEmpty()) {
            boolean closed = turn.docket().findClosed(id).isPresent();
            turn.deadLetter(closed ? Refusal.REQUEST_CLOSED : Refusal.UNKNOWN_REQUEST);
        } else if (Reviewing.isOver(found.get())) {
            turn.refuse(id, Refusal.REVIEW_PENDING, by);
        } else if (found.get().state() != EXECUTING) {
            turn.move(id, trigger, CANCELLED, code, reason, by);
        } else if (found.get().winding() == null) {
            stop(turn, id, new Winding(CANCELLED, code, reason), by);
        } else if (found.get().winding().target() == CANCELLED) {
            turn.repeated();
        } else {
            turn.record(new Event.WindingChanged(id, new Winding(CANCELLED, code, reason)));
            turn.note(id, code, by, reason);
            turn.audit(id);
        }
    }

    private static void cancelOrdered(Turn turn, Command.Direct direct) {
        String code = "CANCELLED_BY_ORDER";
        String reason = "An operator cancelled the request.";
        if (direct.requestId() != null) {
            cancel(turn, direct.requestId(), CANCEL_ORDERED, code, reason, direct.issuedBy());
            return;
        }
        List<String> open = turn.docket().open().stream()
                .filter(one -> !Reviewing.isOver(one))
                .map(Case::requestId)
                .toList();
        if (open.isEmpty()) {
            turn.deadLetter(Refusal.UNKNOWN_REQUEST);
        }
        open.forEach(id -> cancel(turn, id, CANCEL_ORDERED, code, reason, direct.issuedBy()));
    }

    private static void refuseDirective(Turn turn, Command.Direct direct) {
        if (direct.requestId() != null && turn.isOpen(direct.requestId())) {
            turn.refuse(direct.requestId(), Refusal.UNKNOWN_DIRECTIVE, direct.issuedBy());
        } else {
            turn.deadLetter(Refusal.UNKNOWN_DIRECTIVE);
        }
    }

    static void stop(Turn turn, String id, Winding winding, String by) {
        Case about = turn.get(id);
        turn.record(new Event.WindingChanged(id, winding));
        turn.move(id, STOP_ORDERED, EXECUTING, winding.code(), winding.reason(), by);
        Tasks.giveUpUnstarted(turn, id, winding.code());
        turn.effect(new Effect.RevokeGrant(about, Tasks.grantOf(about), winding.code(), turn.now));
        Execution.advance(turn, id);
    }
}
