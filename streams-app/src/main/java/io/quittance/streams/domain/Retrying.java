package io.quittance.streams.domain;

import static io.quittance.streams.domain.model.RequestState.EXECUTING;

import io.quittance.streams.domain.docket.Case;
import io.quittance.streams.domain.model.TaskState;
import io.quittance.streams.domain.model.TaskStatus;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** What a person can still do when all attempts have failed: order more of them, under the same grant. */
final class Retrying {
    private Retrying() {}

    /** The last attempt there was has failed: people are told, and the task waits for an order as long as it may. */
    static void exhausted(Turn turn, String id, TaskState task, String code) {
        Instant shut = Tasks.grantOf(turn.get(id)).notAfter();
        Instant patience = turn.now.plus(turn.settings.retryOrderWait());
        Instant until = patience.isBefore(shut) ? patience : shut;
        String failed = "A system could not do its part: " + code + ".";
        if (!until.isAfter(turn.now)) {
            Tasks.end(turn, id, task, TaskStatus.FAILED, code);
            turn.notify(turn.get(id), "TASK_FAILED", task.system(), failed);
            return;
        }
        turn.change(id, task.exhaustedUntil(until, code));
        turn.note(id, "RETRY_WANTED", task.system(), "All attempts have failed; more can be ordered until " + until);
        turn.audit(id);
        turn.notify(
                turn.get(id), "TASK_FAILED", task.system(), failed + " A retry can be ordered until " + until + ".");
    }

    /** Nobody has ordered a retry in the time there was. */
    static void giveUp(Turn turn, String id) {
        for (TaskState task : turn.get(id).tasks()) {
            Instant due = task.due();
            if (task.status() == TaskStatus.EXHAUSTED && due != null && !due.isAfter(turn.now)) {
                turn.change(id, task.ended(TaskStatus.FAILED, task.code(), task.executor(), turn.now));
            }
        }
    }

    static void order(Turn turn, Command.Direct direct) {
        String id = direct.requestId();
        if (id == null) {
            orderAll(turn, direct);
        } else if (!turn.isOpen(id)) {
            boolean closed = turn.docket().findClosed(id).isPresent();
            turn.deadLetter(closed ? Refusal.REQUEST_CLOSED : Refusal.UNKNOWN_REQUEST);
        } else if (turn.get(id).winding() != null) {
            turn.refuse(id, Refusal.STOPPING, direct.issuedBy());
        } else if (toRetry(turn, turn.get(id), direct).isEmpty()) {
            turn.refuse(id, Refusal.NOTHING_TO_RETRY, direct.issuedBy());
        } else {
            retry(turn, id, direct);
        }
    }

    private static void orderAll(Turn turn, Command.Direct direct) {
        List<String> ids = turn.docket().open().stream()
                .filter(about -> !toRetry(turn, about, direct).isEmpty())
                .map(Case::requestId)
                .toList();
        if (ids.isEmpty()) {
            turn.deadLetter(Refusal.NOTHING_TO_RETRY);
        }
        ids.forEach(id -> retry(turn, id, direct));
    }

    private static void retry(Turn turn, String id, Command.Direct direct) {
        List<TaskState> tasks = toRetry(turn, turn.get(id), direct);
        tasks.forEach(task -> turn.change(id, task.orderedAgain()));
        String systems = tasks.stream().map(TaskState::system).collect(Collectors.joining(", "));
        turn.note(id, "RETRY_ORDERED", direct.issuedBy(), "More attempts were ordered: " + systems + ".");
        turn.audit(id);
        Execution.advance(turn, id);
    }

    private static List<TaskState> toRetry(Turn turn, Case about, Command.Direct direct) {
        if (about.state() != EXECUTING
                || about.winding() != null
                || !turn.now.isBefore(Tasks.grantOf(about).notAfter())) {
            return List.of();
        }
        return about.tasks().stream()
                .filter(task -> direct.scope().includesSystem(task.system()))
                .filter(task -> mayBeRetried(about, task))
                .filter(task -> !Holding.keeps(turn, about, task.system()))
                .toList();
    }

    /** Nothing that the present grant does not cover: what it has failed under an earlier one was left out of it. */
    private static boolean mayBeRetried(Case about, TaskState task) {
        return Tasks.grantOf(about).systems().contains(task.system())
                && switch (task.status()) {
                    case EXHAUSTED, RETRYING, FAILED, REFUSED -> true;
                    case WAITING, ISSUED, DONE, NOT_STARTED -> false;
                };
    }
}
