package io.quittance.streams.domain;

import static io.quittance.streams.domain.Trigger.TIMED_OUT;
import static io.quittance.streams.domain.model.RequestState.EXECUTING;
import static io.quittance.streams.domain.model.RequestState.EXPIRED;

import io.quittance.streams.domain.docket.Case;
import io.quittance.streams.domain.docket.EarlyArrival;
import io.quittance.streams.domain.model.TaskState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What time alone brings about. */
final class Deadlines {
    static final String NO_ANSWER = "Nobody answered in the time there was.";

    private Deadlines() {}

    static void enforce(Turn turn) {
        List<String> open = turn.docket().open().stream().map(Case::requestId).toList();
        open.forEach(id -> enforce(turn, id));
        turn.docket().early().forEach(arrival -> giveUpEarly(turn, arrival));
    }

    private static void enforce(Turn turn, String id) {
        Clocks.ring(turn, id);
        Case about = turn.get(id);
        if (isDue(about.standing().deadline(), turn.now)) {
            timeIsUp(turn, about);
        } else if (isDue(about.nextNudge().orElse(null), turn.now)) {
            Approval.nudge(turn, id);
        } else if (isDue(about.overdueReview().orElse(null), turn.now)) {
            Reviewing.remindOfOverdue(turn, id);
        } else if (about.state() == EXECUTING && isDue(about.due(), turn.now)) {
            about.tasks().stream()
                    .filter(task -> task.outstanding() && isDue(task.due(), turn.now))
                    .forEach(task -> timeOut(turn, id, task));
            Retrying.giveUp(turn, id);
            Execution.advance(turn, id);
        }
    }

    /** What waiting for people ends in; a request that waits in the queue is merely looked at again. */
    private static void timeIsUp(Turn turn, Case about) {
        switch (about.state()) {
            case AWAITING_APPROVAL -> Approval.silence(turn, about.requestId());
            case AWAITING_VERIFICATION ->
                turn.move(about.requestId(), TIMED_OUT, EXPIRED, "NO_ANSWER_IN_TIME", NO_ANSWER, "pipeline");
            case NEW,
                    QUEUED,
                    EXECUTING,
                    DENIED,
                    EXPIRED,
                    CANCELLED,
                    FULFILLED,
                    PARTIALLY_FULFILLED,
                    FAILED,
                    AWAITING_REVIEW -> {}
        }
    }

    private static void timeOut(Turn turn, String id, TaskState task) {
        turn.note(id, "ATTEMPT_TIMED_OUT", task.system(), "Attempt " + task.attempt() + " was not answered in time.");
        Tasks.attemptFailed(turn, id, task, "TIMED_OUT", true);
    }

    private static void giveUpEarly(Turn turn, EarlyArrival arrival) {
        if (isDue(arrival.keptAt().plus(turn.settings.keepEarly()), turn.now)) {
            turn.record(new Event.EarlySettled(arrival));
            turn.effect(new Effect.DeadLetterEarly(arrival, Refusal.UNKNOWN_REQUEST));
        }
    }

    private static boolean isDue(@Nullable Instant due, Instant now) {
        return due != null && !due.isAfter(now);
    }
}
