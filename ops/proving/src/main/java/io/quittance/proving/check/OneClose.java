package io.quittance.proving.check;

import io.quittance.proving.check.AuditSeen.TaskAudited;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A2: one close each, attempts that strictly rise, one outcome that counts for each attempt. */
final class OneClose implements Invariant {
    private static final Set<String> FINAL =
            Set.of("DENIED", "EXPIRED", "CANCELLED", "FULFILLED", "PARTIALLY_FULFILLED", "FAILED");

    @Override
    public String id() {
        return "A2";
    }

    @Override
    public String promise() {
        return "each request closes once; each attempt goes out once and has one outcome";
    }

    @Override
    public void check(Evidence evidence, Findings findings) {
        evidence.audits.forEach((request, revisions) -> {
            findings.looked();
            closesOnce(request, revisions, findings);
        });
        evidence.tasks.forEach((request, tasks) -> attemptsRise(request, tasks, findings));
        evidence.tasks.keySet().forEach(request -> issuedAsAudited(evidence, request, findings));
        evidence.completions.forEach((request, answers) -> oneOutcome(request, answers, findings));
    }

    private static void closesOnce(String request, List<AuditSeen> revisions, Findings findings) {
        Optional<AuditSeen> closed = Optional.empty();
        int revision = 0;
        for (AuditSeen audit : revisions) {
            if (closed.isPresent()) {
                String what = audit.content().equals(closed.get().content()) ? "the same" : "another";
                findings.doubled(request, "was closed, and " + what + " record followed in the audit");
            }
            if (audit.revision() <= revision) {
                findings.doubled(request, "has revision " + audit.revision() + " after revision " + revision);
            }
            if (audit.closed() && !FINAL.contains(audit.state())) {
                findings.violated(request, "was closed in the state " + audit.state() + ", which is not final");
            }
            revision = audit.revision();
            closed = audit.closed() ? Optional.of(audit) : closed;
        }
    }

    private static void attemptsRise(String request, List<TaskSeen> tasks, Findings findings) {
        Map<String, Integer> last = new HashMap<>();
        for (TaskSeen task : tasks) {
            Integer before = last.put(task.taskId(), task.attempt());
            if (before != null && task.attempt() <= before) {
                findings.doubled(
                        request,
                        "had attempt " + task.attempt() + " in " + task.system() + " go out after attempt " + before);
            }
        }
    }

    private static void issuedAsAudited(Evidence evidence, String request, Findings findings) {
        Optional<AuditSeen> last = evidence.lastAudit(request).filter(AuditSeen::closed);
        if (last.isEmpty()) {
            return;
        }
        Map<String, Integer> issued = new HashMap<>();
        evidence.tasks(request).forEach(task -> issued.merge(task.system(), 1, Integer::sum));
        for (TaskAudited audited : last.get().tasks()) {
            int out = issued.getOrDefault(audited.system(), 0);
            if (out < audited.attempts()) {
                findings.lost(
                        request,
                        "is audited with " + audited.attempts() + " attempts in " + audited.system() + ", of which "
                                + out + " went out");
            } else if (out > audited.attempts()) {
                findings.doubled(
                        request,
                        "had " + out + " attempts go out in " + audited.system() + ", of which the audit knows "
                                + audited.attempts());
            }
            issued.remove(audited.system());
        }
        issued.keySet()
                .forEach(system ->
                        findings.violated(request, "had work go out in " + system + ", which the audit does not know"));
    }

    /** What failed and may be tried again may turn out done when it is read again; what failed for good may not. */
    private static void oneOutcome(String request, List<CompletionSeen> answers, Findings findings) {
        sameAnswers(request, answers, findings);
        Map<String, CompletionSeen> failed = new HashMap<>();
        answers.stream()
                .filter(CompletionSeen::isFinalFailure)
                .forEach(answer -> failed.putIfAbsent(answer.taskId() + "#" + answer.attempt(), answer));
        answers.stream()
                .filter(answer -> answer.isDone() && failed.containsKey(answer.taskId() + "#" + answer.attempt()))
                .forEach(answer -> findings.doubled(
                        request,
                        "is told that attempt " + answer.attempt() + " in " + answer.system()
                                + " is done and that it failed: " + answer.place()));
    }

    private static void sameAnswers(String request, List<CompletionSeen> answers, Findings findings) {
        Map<String, CompletionSeen> first = new HashMap<>();
        for (CompletionSeen answer : answers) {
            if (!answer.isDone()) {
                continue;
            }
            CompletionSeen before = first.putIfAbsent(answer.taskId() + "#" + answer.attempt(), answer);
            if (before != null && !before.outcomes().equals(answer.outcomes())) {
                findings.doubled(
                        request,
                        "has two different reports on attempt " + answer.attempt() + " in " + answer.system() + ": "
                                + before.place() + " and " + answer.place());
            }
        }
    }
}
