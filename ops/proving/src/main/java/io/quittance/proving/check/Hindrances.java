package io.quittance.proving.check;

import io.quittance.proving.check.AuditSeen.TaskAudited;
import io.quittance.proving.check.LimitTraffic.ClaimSeen;
import io.quittance.proving.check.LimitTraffic.PermitSeen;
import io.quittance.proving.check.LimitTraffic.ReleaseSeen;
import io.quittance.proving.history.Act;
import io.quittance.proving.history.Act.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What kept a request from being done while the last of its time ran out. Whoever is neither worked on by then nor kept
 * from it was forgotten, whatever was broken before.
 */
final class Hindrances {
    static final String AT_WORK = "expiry at work";
    static final String HOLD = "expiry under a hold";
    static final String FREEZE = "expiry under a freeze";
    static final String LIMIT = "expiry waiting for a limit";
    static final String BRIEF = "expiry of a grant for a moment";
    static final String FAULT = "expiry during a fault";

    /** Nothing of what the proving ground configures waits longer before it is tried again. In milliseconds. */
    private static final long LAST = 60_000;
    /** Once nothing is in its way an attempt that was lost has run out by then, and the next has gone out. */
    private static final long SOON = 25_000;
    /** Times of two topics are told apart if they are further apart than this. */
    private static final long ABOUT = 1_000;

    private final Evidence evidence;
    private final Orders orders;
    /** By request and system. */
    private final Map<String, List<ClaimSeen>> claims = new HashMap<>();
    /** When the first permit for a claim arrived, by the claim. */
    private final Map<String, Long> permitted = new HashMap<>();
    /** In the order in which the limiter reads them, by the kind of work: under the same limits. */
    private final Map<String, List<ClaimSeen>> lanes = new HashMap<>();
    /** When permits arrived, by system. */
    private final Map<String, List<Long>> turns = new HashMap<>();

    Hindrances(Evidence evidence) {
        this.evidence = evidence;
        this.orders = Orders.of(evidence);
        for (ClaimSeen claim : evidence.limits.claims()) {
            claims.computeIfAbsent(claim.requestId() + " " + claim.system(), any -> new ArrayList<>())
                    .add(claim);
            lanes.computeIfAbsent(lane(claim), any -> new ArrayList<>()).add(claim);
        }
        for (PermitSeen permit : evidence.limits.permits()) {
            permitted.merge(permit.claimId(), permit.arrivedAt(), Math::min);
            turns.computeIfAbsent(permit.system(), any -> new ArrayList<>()).add(permit.arrivedAt());
        }
    }

    /** The end of a request's time. */
    private record Last(long from, long until) {
        boolean overlaps(long begin, long end) {
            return begin <= until && from <= end;
        }

        /** Whether it is in the way so late that what it kept back could not be done any more. */
        boolean endsUnder(long begin, long end) {
            return begin <= until && from + LAST - SOON <= end;
        }
    }

    /**
     * Why the request could expire then, the most telling reason first; empty if there is none.
     *
     * @param end of its time, by the application's clock
     */
    Optional<String> of(AuditSeen audit, long end) {
        if (audit.hadMoments()) {
            return Optional.of(BRIEF);
        }
        long allowance = evidence.clocks().allowance(end - LAST, end);
        var last = new Last(end - LAST - allowance, end + allowance);
        if (isHeld(audit.subjectId(), last)) {
            return Optional.of(HOLD);
        }
        List<Optional<String>> reasons =
                ready(audit).map(task -> inSystem(audit, task.system(), last)).toList();
        if (!reasons.isEmpty() && reasons.stream().allMatch(Optional::isPresent)) {
            return reasons.get(0);
        }
        boolean broken = evidence.frames().stream().anyMatch(frame -> last.endsUnder(frame.from(), frame.until()));
        return broken ? Optional.of(FAULT) : Optional.empty();
    }

    /** Work that was not done although all that comes before it was. */
    private Stream<TaskAudited> ready(AuditSeen audit) {
        return audit.tasks().stream()
                .filter(task -> !task.isDone())
                .filter(task -> evidence.dataMap.before(task.system()).stream()
                        .flatMap(first -> audit.task(first).stream())
                        .allMatch(TaskAudited::isDone));
    }

    private Optional<String> inSystem(AuditSeen audit, String system, Last last) {
        if (isWorkedOn(audit.requestId(), system, last)) {
            return Optional.of(AT_WORK);
        }
        if (orders.hasFreeze(List.of(system), last.from() + LAST - SOON, last.until())) {
            return Optional.of(FREEZE);
        }
        return isWaiting(audit.requestId(), system, last) ? Optional.of(LIMIT) : Optional.empty();
    }

    /** There, or where the work that comes before it is. */
    private boolean isWorkedOn(String request, String system, Last last) {
        List<String> before = evidence.dataMap.before(system);
        return evidence.tasks(request).stream()
                .filter(task -> task.system().equals(system) || before.contains(task.system()))
                .anyMatch(task -> last.overlaps(task.writtenAt(), over(task)));
    }

    private long over(TaskSeen task) {
        return evidence.completions(task.requestId()).stream()
                .filter(answer -> answer.taskId().equals(task.taskId()) && answer.attempt() == task.attempt())
                .mapToLong(CompletionSeen::writtenAt)
                .reduce(task.deadline(), Math::min);
    }

    /** For its turn, while others got theirs who came before: a limiter that stands still is no reason. */
    private boolean isWaiting(String request, String system, Last last) {
        return claims.getOrDefault(request + " " + system, List.of()).stream()
                        .filter(claim -> last.overlaps(claim.arrivedAt(), answered(claim)))
                        .anyMatch(claim -> !isPassedBy(claim, Math.min(answered(claim), last.until())))
                && turns.getOrDefault(system, List.of()).stream().anyMatch(at -> last.overlaps(at, at));
    }

    /** Of claims under the same limits none has a deadline here, so that whoever comes first goes first. */
    private boolean isPassedBy(ClaimSeen claim, long until) {
        List<ClaimSeen> lane = lanes.getOrDefault(lane(claim), List.of());
        return lane.subList(lane.indexOf(claim) + 1, lane.size()).stream()
                .anyMatch(later -> permitted.getOrDefault(later.claimId(), Long.MAX_VALUE) < until - ABOUT);
    }

    private static String lane(ClaimSeen claim) {
        return claim.system() + " " + claim.action();
    }

    private long answered(ClaimSeen claim) {
        ReleaseSeen release = evidence.limits.releases().get(claim.claimId());
        return Math.min(
                permitted.getOrDefault(claim.claimId(), Long.MAX_VALUE),
                release == null ? Long.MAX_VALUE : release.arrivedAt());
    }

    private boolean isHeld(String subject, Last last) {
        List<Act> acts = evidence.actsOn(subject);
        long lifted = acts.stream()
                .filter(act -> act.act() == Kind.LIFTED)
                .mapToLong(Hindrances::heard)
                .min()
                .orElse(Long.MAX_VALUE);
        return acts.stream().filter(act -> act.act() == Kind.HELD).anyMatch(act -> last.overlaps(act.at(), lifted));
    }

    private static long heard(Act act) {
        return Objects.requireNonNullElse(act.acknowledgedAt(), Long.MAX_VALUE);
    }
}
