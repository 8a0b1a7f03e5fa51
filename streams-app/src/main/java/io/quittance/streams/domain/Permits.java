package io.quittance.streams.domain;

import io.quittance.streams.domain.docket.Case;
import io.quittance.streams.domain.docket.Docket;
import io.quittance.streams.domain.limit.Claim;
import io.quittance.streams.domain.limit.Limit;
import io.quittance.streams.domain.limit.Work;
import io.quittance.streams.domain.model.Action;
import io.quittance.streams.domain.model.RequestState;
import io.quittance.streams.domain.model.TaskState;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Attempts under limits. What a docket claims can be read from its tasks; the limiter is told the difference between
 * before and after each turn. So nobody has to remember to give back, whatever way an attempt or a wait has ended.
 */
final class Permits {
    private Permits() {}

    /** A claim of the docket's, and whether its attempt is out. */
    private record Live(Claim claim, boolean out) {}

    /** Whether a limit is on the task's next attempt and its permit has not just come. */
    static boolean isWanted(Turn turn, Case about, TaskState task) {
        boolean permitted = task.claiming() && turn.isPermitted(claimId(about, task));
        return !permitted && !turn.world.limits().isFree(work(about, task));
    }

    /** The task waits for its permit, and at most until its grant shuts. */
    static void claim(Turn turn, Case about, TaskState task, Instant grantEnd) {
        String id = about.requestId();
        turn.change(id, task.claimingUntil(grantEnd));
        String names = turn.world.limits().on(work(about, task)).stream()
                .map(Permits::described)
                .collect(Collectors.joining(", "));
        turn.note(id, TaskState.LIMIT, "pipeline", "The task for " + task.system() + " waits for its turn: " + names);
        turn.audit(id);
    }

    /** The limiter lets an attempt go. A permit that nobody waits for is given back at once. */
    static void arrive(Turn turn, Command.Permit permit) {
        Live live = live(turn.docket()).get(permit.claimId());
        if (live == null) {
            turn.effect(new Effect.ReleasePermit(unknown(turn, permit), true, turn.now));
            turn.repeated();
        } else if (live.out()) {
            turn.repeated();
        } else {
            goOut(turn, permit);
        }
    }

    private static void goOut(Turn turn, Command.Permit permit) {
        String id = permit.requestId();
        TaskState task = turn.get(id).task(permit.system()).orElseThrow();
        turn.permit(permit.claimId());
        turn.change(id, task.permittedAt(turn.now));
        turn.audit(id);
        Execution.advance(turn, id);
        giveUp(turn, permit);
    }

    /** Whatever kept the attempt from going out, its permit is not kept: others wait for it. */
    private static void giveUp(Turn turn, Command.Permit permit) {
        Live live = live(turn.docket()).get(permit.claimId());
        if (live != null && !live.out()) {
            TaskState task = turn.get(permit.requestId()).task(permit.system()).orElseThrow();
            turn.change(permit.requestId(), task.waitingUntil(null, turn.now.plus(turn.settings.unreachableRecheck())));
        }
    }

    /** Tells the limiter what is not wanted any more, and then what is wanted anew, or by another day. */
    static void tell(Turn turn, Docket before) {
        Map<String, Live> was = live(before);
        Map<String, Live> is = live(turn.docket());
        Set<String> gone = new HashSet<>(was.keySet());
        gone.removeAll(is.keySet());
        was.forEach((claimId, live) -> {
            if (gone.contains(claimId)) {
                turn.effect(new Effect.ReleasePermit(live.claim(), !live.out(), turn.now));
            }
        });
        is.forEach((claimId, live) -> {
            Live known = was.get(claimId);
            if (known == null || hasOtherDeadline(known, live)) {
                turn.effect(new Effect.ClaimPermit(live.claim(), turn.now));
            }
        });
    }

    /** Whoever waits may move up or down; what is out has nothing to wait for. */
    private static boolean hasOtherDeadline(Live was, Live is) {
        return !is.out() && !Objects.equals(was.claim().deadline(), is.claim().deadline());
    }

    private static Map<String, Live> live(Docket docket) {
        var live = new LinkedHashMap<String, Live>();
        for (Case about : docket.open()) {
            for (TaskState task : about.tasks()) {
                if (isLive(about, task)) {
                    var claim = claim(about, task);
                    live.put(claim.claimId(), new Live(claim, task.outstanding()));
                }
            }
        }
        return live;
    }

    /** Only what may still go out waits; what is out is out until it has been answered. */
    private static boolean isLive(Case about, TaskState task) {
        boolean mayGoOut = about.state() == RequestState.EXECUTING && about.winding() == null;
        return task.claiming() && !task.status().terminal() && (task.outstanding() || mayGoOut);
    }

    private static Claim claim(Case about, TaskState task) {
        return new Claim(
                claimId(about, task),
                about.requestId(),
                about.request().subjectId(),
                work(about, task),
                task.presentAttempt(),
                about.answerBy());
    }

    private static Claim unknown(Turn turn, Command.Permit permit) {
        return new Claim(
                permit.claimId(),
                permit.requestId(),
                turn.docket().subjectId(),
                new Work(permit.system(), Action.UNKNOWN),
                permit.attempt(),
                null);
    }

    private static String claimId(Case about, TaskState task) {
        return about.requestId() + "/" + task.system() + "#" + task.presentAttempt() + "." + task.claims();
    }

    private static Work work(Case about, TaskState task) {
        return new Work(task.system(), about.request().action());
    }

    private static String described(Limit limit) {
        String atOnce = limit.concurrent() == null ? "" : limit.concurrent() + " at once";
        String rate = Optional.ofNullable(limit.rate())
                .map(most -> most.count() + " in " + most.window())
                .orElse("");
        String both = atOnce.isEmpty() || rate.isEmpty() ? "" : ", ";
        return limit.name() + " (" + atOnce + both + rate + ")";
    }
}
