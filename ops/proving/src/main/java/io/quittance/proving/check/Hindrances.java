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
    static final String FAULT = "expiry during a fault";

    /** Nothing of what the proving ground configures waits longer before it is tried again. In milliseconds. */
    private static final long LAST = 60_000;

    private final Evidence evidence;
    private final Orders orders;
    /** By request and system. */
    private final Map<String, List<ClaimSeen>> claims = new HashMap<>();
    /** When the first permit for a claim arrived, by the claim. */
    private final Map<String, Long> permitted = new HashMap<>();
    /** When permits arrived, by system. */
    private final Map<String, List<Long>> turns = new HashMap<>();

    Hindrances(Evidence evidence) {
        this.evidence = evidence;
        this.orders = Orders.of(evidence);
        evidence.limits
                .claims()
                .forEach(claim -> claims.computeIfAbsent(
                                claim.requestId() + " " + claim.system(), any -> new ArrayList<>())
                        .add(claim));
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
    }

    /**
     * Why the request could expire then, the most telling reason first; empty if there is none.
     *
     * @param end of its time, by the application's clock
     */
    Optional<String> of(AuditSeen audit, long end) {
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
        boolean broken = evidence.frames().stream().anyMatch(frame -> frame.overlaps(last.from(), last.until()));
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
        if (orders.hasFreeze(List.of(system), last.from(), last.until())) {
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

    /** For its turn, while others got theirs: a limiter that stands still is no reason. */
    private boolean isWaiting(String request, String system, Last last) {
        return claims.getOrDefault(request + " " + system, List.of()).stream()
                        .anyMatch(claim -> last.overlaps(claim.arrivedAt(), answered(claim)))
                && turns.getOrDefault(system, List.of()).stream().anyMatch(at -> last.overlaps(at, at));
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
