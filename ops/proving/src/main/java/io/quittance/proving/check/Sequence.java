package io.quittance.proving.check;

import io.quittance.proving.history.Act;
import io.quittance.proving.history.Act.Kind;
import io.quittance.proving.history.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What comes first: systems of one request as the data map says, requests of one subject as they were submitted. */
final class Sequence {
    /** Why a write waits although nothing else is under way: a read that comes later need not wait with it. */
    private static final List<String> WAITS = List.of("LEGAL_HOLD", "WAITING_PERIOD");

    private final Evidence evidence;
    private final Findings findings;

    private Sequence(Evidence evidence, Findings findings) {
        this.evidence = evidence;
        this.findings = findings;
    }

    static void check(Evidence evidence, Findings findings) {
        var sequence = new Sequence(evidence, findings);
        evidence.tasks.values().forEach(sequence::stages);
        sequence.submissions();
    }

    /** No write goes out before what comes first is done, as far as the request has work there. Reads need no order. */
    private void stages(List<TaskSeen> tasks) {
        for (TaskSeen task :
                tasks.stream().filter(task -> Permission.isWrite(task.action())).toList()) {
            for (String first : evidence.dataMap.before(task.system())) {
                if (hasWorkIn(first, tasks)) {
                    findings.looked();
                    stage(task, first);
                }
            }
        }
    }

    /** Or should have: a system that was forgotten was not done first either. */
    private boolean hasWorkIn(String system, List<TaskSeen> tasks) {
        return tasks.stream().anyMatch(task -> task.system().equals(system))
                || Extent.of(evidence, tasks.get(0).requestId())
                        .filter(extent -> extent.datasets(evidence.dataMap).containsKey(system))
                        .isPresent();
    }

    private void stage(TaskSeen task, String first) {
        OptionalLong done = evidence.completions(task.requestId()).stream()
                .filter(answer -> answer.system().equals(first) && answer.isDone())
                .mapToLong(CompletionSeen::finishedAt)
                .min();
        if (done.isEmpty()) {
            findings.violated(
                    task.requestId(),
                    "had work go out in " + task.system() + ", and " + first + ", which comes first, was never done");
        } else if (task.writtenAt() < done.getAsLong() && evidence.clocks().agree(task.writtenAt(), done.getAsLong())) {
            findings.violated(
                    task.requestId(),
                    "had work go out in " + task.system() + " " + (done.getAsLong() - task.writtenAt()) + " ms before "
                            + first + ", which comes first, was done");
        }
    }

    private record Submitted(String requestId, boolean write, Place place) {
        static Optional<Submitted> of(Act act) {
            // What was sent again has an earlier place, too, that nobody knows.
            boolean placed = act.requestId() != null && !act.details().containsKey("resent");
            return placed
                    ? Optional.ofNullable(act.place())
                            .map(place -> new Submitted(
                                    String.valueOf(act.requestId()),
                                    Permission.isWrite(act.details().getOrDefault("action", "")),
                                    place))
                    : Optional.empty();
        }
    }

    private void submissions() {
        Map<String, List<Submitted>> bySubject = new HashMap<>();
        evidence.acts(Kind.SUBMITTED)
                .forEach(act -> Submitted.of(act)
                        .ifPresent(submitted -> bySubject
                                .computeIfAbsent(
                                        act.subjectId() + " "
                                                + submitted.place().partition(),
                                        any -> new ArrayList<>())
                                .add(submitted)));
        for (List<Submitted> ofOne : bySubject.values()) {
            ofOne.sort(Comparator.comparingLong(submitted -> submitted.place().offset()));
            for (int earlier = 0; earlier < ofOne.size(); earlier++) {
                for (int later = earlier + 1; later < ofOne.size(); later++) {
                    inOrder(ofOne.get(earlier), ofOne.get(later));
                }
            }
        }
    }

    /**
     * A write waits for all that conflicts and came before, a read for every write that itself has nothing to wait for.
     */
    private void inOrder(Submitted earlier, Submitted later) {
        boolean conflict = earlier.write() || later.write();
        OptionalLong began = evidence.tasks(later.requestId()).stream()
                .mapToLong(TaskSeen::issuedAt)
                .min();
        Optional<AuditSeen> audit = evidence.lastAudit(earlier.requestId());
        if (!conflict || began.isEmpty() || audit.isEmpty() || (!later.write() && waited(audit.get()))) {
            return;
        }
        findings.looked();
        long over = audit.filter(AuditSeen::closed).map(AuditSeen::ended).orElse(Long.MAX_VALUE);
        if (over > began.getAsLong() && evidence.clocks().agree(began.getAsLong(), over)) {
            findings.violated(
                    later.requestId(),
                    "was begun before " + earlier.requestId() + " was over, which was submitted earlier");
        }
    }

    private static boolean waited(AuditSeen audit) {
        return audit.trail().stream().anyMatch(WAITS::contains);
    }
}
