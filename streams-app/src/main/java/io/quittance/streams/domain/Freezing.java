package io.quittance.streams.domain;

import static io.quittance.streams.domain.model.RequestState.EXECUTING;
import static io.quittance.streams.domain.model.TaskState.FROZEN;

import io.quittance.streams.domain.docket.Case;
import io.quittance.streams.domain.model.Freezes.Stop;
import io.quittance.streams.domain.model.Grant;
import io.quittance.streams.domain.model.TaskState;
import io.quittance.streams.domain.model.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Work that stands still by order. Its grant goes on shutting: whoever wants the work afterwards asks for it. */
final class Freezing {
    /** An executor may have read of a freeze, or of its lifting, a moment before we have. */
    private static final Duration MOMENT = Duration.ofSeconds(1);

    private Freezing() {}

    /** What stops the request's work in any of the systems. */
    static Optional<Stop> stop(Turn turn, Case about, Collection<String> systems) {
        String policy = Approval.planOf(about).policy();
        return turn.world.freezes().on(systems, about.request().regime(), policy, turn.now);
    }

    static String sentence(Stop stop) {
        String end = stop.until() == null ? "until it is lifted" : "until " + stop.until();
        return "The work stands still by order (" + stop.names() + "), " + end + ".";
    }

    /** Has a task wait that would go out into a freeze; false if there is none. */
    static boolean putsOff(Turn turn, String id, TaskState task, Grant grant) {
        Optional<Stop> stop = stop(turn, turn.get(id), List.of(task.system()));
        stop.ifPresent(order -> rest(turn, id, task, sentence(order), earlier(grant.notAfter(), order.until())));
        return stop.isPresent();
    }

    /** The executor had read of a freeze. Nothing was touched, so the attempt does not count. */
    static void refused(Turn turn, String id, TaskState task) {
        if (turn.get(id).winding() != null) {
            Tasks.end(turn, id, task, TaskStatus.REFUSED, FROZEN);
            return;
        }
        Grant grant = Tasks.grantOf(turn.get(id));
        Optional<Stop> stop = stop(turn, turn.get(id), List.of(task.system()));
        Instant look = stop.isPresent() ? stop.get().until() : turn.now.plus(MOMENT);
        String why = stop.map(Freezing::sentence).orElse("The executor had read of a freeze.");
        rest(turn, id, task.neverBegun(), why, earlier(grant.notAfter(), look));
    }

    /** Lets go on what no freeze stops any more. */
    static void thaw(Turn turn) {
        List<String> frozen = turn.docket().open().stream()
                .filter(about -> about.state() == EXECUTING && about.winding() == null && about.frozen())
                .map(Case::requestId)
                .toList();
        frozen.forEach(id -> thaw(turn, id));
    }

    private static void thaw(Turn turn, String id) {
        for (TaskState task : turn.get(id).tasks()) {
            if (task.frozen()
                    && stop(turn, turn.get(id), List.of(task.system())).isEmpty()) {
                turn.change(id, task.waitingUntil(FROZEN, turn.now));
            }
        }
        Execution.advance(turn, id);
    }

    private static void rest(Turn turn, String id, TaskState task, String why, Instant nextLook) {
        boolean news = !FROZEN.equals(task.code());
        turn.change(id, task.waitingUntil(FROZEN, nextLook));
        if (news) {
            turn.note(id, FROZEN, task.system(), why);
            turn.audit(id);
        }
    }

    private static Instant earlier(Instant one, @Nullable Instant other) {
        return other != null && other.isBefore(one) ? other : one;
    }
}
