package io.quittance.proving.check;

import io.quittance.proving.check.AuditSeen.OutcomeSeen;
import io.quittance.proving.check.AuditSeen.TaskAudited;
import io.quittance.proving.check.DataMap.DatasetSeen;
import io.quittance.proving.history.Subject;
import io.quittance.proving.history.SystemReceipt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A6: the audit tells what the systems show, no more and no less. */
final class Telling implements Invariant {
    private static final Set<String> GONE = Set.of("ERASED", "BACKUP_UNTIL");
    private static final String PLAN = "plan";
    private static final Set<String> LATE = Set.of("LATE_COMPLETION", "GRANT_MISMATCH", "CONTRADICTING_COMPLETION");

    @Override
    public String id() {
        return "A6";
    }

    @Override
    public String promise() {
        return "the audit says what the systems show";
    }

    @Override
    public void check(Evidence evidence, Findings findings) {
        evidence.audits
                .keySet()
                .forEach(request -> evidence.lastAudit(request)
                        .filter(AuditSeen::closed)
                        .ifPresent(audit -> {
                            findings.looked();
                            reported(evidence, audit, findings);
                            complete(evidence, audit, findings);
                            whole(evidence, audit, findings);
                        }));
        evidence.systems
                .receipts()
                .values()
                .forEach(receipts -> receipts.forEach(receipt -> told(evidence, receipt, findings)));
        conserved(evidence, findings);
    }

    /** What the audit says was done, an executor has said of just that attempt, or of an earlier one that did more. */
    private static void reported(Evidence evidence, AuditSeen audit, Findings findings) {
        for (TaskAudited task : audit.tasks()) {
            if (!task.isDone()) {
                continue;
            }
            List<CompletionSeen> answers = evidence.completions(audit.requestId()).stream()
                    .filter(answer -> answer.system().equals(task.system()))
                    .toList();
            boolean said = answers.stream()
                    .filter(answer -> answer.isDone() && answer.attempt() == task.attempts())
                    .anyMatch(last -> task.outcomes().stream().allMatch(told -> isSaid(told, last, answers))
                            && task.outcomes().size() >= last.outcomes().size());
            if (!said) {
                findings.violated(
                        audit.requestId(),
                        "is audited as done in " + task.system() + " with outcomes that no executor reported");
            }
            task.outcomes().stream()
                    .filter(outcome -> GONE.contains(outcome.disposition()) && outcome.residual() > 0)
                    .forEach(outcome -> findings.violated(
                            audit.requestId(),
                            "is audited as done in " + task.system() + " with " + outcome.residual() + " rows left"));
        }
    }

    /** By the last attempt; or by an earlier one that did more, while the last says what is left. */
    private static boolean isSaid(OutcomeSeen told, CompletionSeen last, List<CompletionSeen> answers) {
        if (last.outcomes().contains(told)) {
            return true;
        }
        boolean lastDidLess = last.outcomes().stream()
                .filter(found -> found.dataset().equals(told.dataset()))
                .allMatch(found -> found.affected() < told.affected() && found.residual() == told.residual());
        return lastDidLess
                && told.documentUri() == null
                && answers.stream()
                        .flatMap(answer -> answer.outcomes().stream())
                        .anyMatch(earlier ->
                                earlier.dataset().equals(told.dataset()) && earlier.affected() == told.affected());
    }

    /** A state says something of the tasks. */
    private static void complete(Evidence evidence, AuditSeen audit, Findings findings) {
        long done = audit.tasks().stream().filter(TaskAudited::isDone).count();
        boolean all = done == audit.tasks().size();
        if (audit.state().equals("FULFILLED") && (!all || audit.tasks().isEmpty())) {
            findings.violated(
                    audit.requestId(),
                    "is fulfilled with " + done + " of " + audit.tasks().size() + " tasks done");
        }
        if (audit.state().equals("DENIED") && !evidence.tasks(audit.requestId()).isEmpty()) {
            findings.violated(audit.requestId(), "is denied, and work went out for it");
        }
    }

    /** What is fulfilled is so in every system that it is about, and in no other. */
    private static void whole(Evidence evidence, AuditSeen audit, Findings findings) {
        if (!audit.state().equals("FULFILLED")) {
            return;
        }
        findings.expecting(PLAN, 1);
        Extent.of(evidence, audit.requestId()).ifPresent(extent -> {
            findings.compared(PLAN);
            Set<String> systems = extent.datasets(evidence.dataMap).keySet();
            systems.stream()
                    .filter(system -> audit.task(system).isEmpty())
                    .forEach(system -> findings.violated(
                            audit.requestId(), "is fulfilled without any work in " + system + ", which it is about"));
            audit.tasks().stream()
                    .map(TaskAudited::system)
                    .filter(system -> !systems.contains(system)
                            && !evidence.dataMap.changed().contains(system))
                    .forEach(system -> findings.violated(
                            audit.requestId(), "is fulfilled with work in " + system + ", which it is not about"));
        });
    }

    /** A receipt is an effect: the audit knows of it, or somebody was told that its report came late. */
    private static void told(Evidence evidence, SystemReceipt receipt, Findings findings) {
        String request =
                receipt.taskId().substring(0, Math.max(0, receipt.taskId().lastIndexOf('/')));
        var audit = evidence.lastAudit(request).filter(AuditSeen::closed);
        if (audit.isEmpty()) {
            return;
        }
        boolean known =
                audit.get().task(receipt.system()).filter(TaskAudited::isDone).isPresent();
        if (known) {
            return;
        }
        boolean answered = evidence.completions(request).stream()
                .anyMatch(
                        answer -> answer.system().equals(receipt.system()) && (answer.isDone() || !receipt.isWhole()));
        boolean late = audit.get().trail().stream().anyMatch(LATE::contains)
                || evidence.deadLetters.stream().anyMatch(letter -> isReportOn(receipt, letter));
        if (!answered) {
            findings.lost(request, "was carried out in " + receipt.system() + ", and no report of it ever came");
        } else if (!late && receipt.isWhole()) {
            findings.violated(
                    request, "was carried out in " + receipt.system() + ", and neither audit nor dead letters say so");
        }
    }

    private static boolean isReportOn(SystemReceipt receipt, DeadLetterSeen letter) {
        return letter.origin().topic().equals("privacy.completions")
                && receipt.taskId().equals(letter.taskId());
    }

    /** Over all requests of a subject, as many rows are reported erased as are gone. */
    private static void conserved(Evidence evidence, Findings findings) {
        Map<String, Long> claimed = new HashMap<>();
        Map<String, String> requests = new HashMap<>();
        Set<String> unsure = new HashSet<>();
        evidence.tasks.forEach((request, tasks) -> tasks.stream()
                .filter(task -> Permission.isWrite(task.action()))
                .forEach(task -> {
                    String estate = task.subjectId() + " " + task.system();
                    requests.put(estate, request);
                    boolean done = evidence.lastAudit(request).stream()
                            .flatMap(audit -> audit.task(task.system()).stream())
                            .anyMatch(TaskAudited::isDone);
                    if (!done) {
                        unsure.add(estate);
                    }
                }));
        List<AuditSeen> closed = new ArrayList<>();
        evidence.audits.keySet().forEach(request -> evidence.lastAudit(request).ifPresent(closed::add));
        for (AuditSeen audit : closed) {
            for (TaskAudited task : audit.tasks()) {
                for (OutcomeSeen outcome : task.outcomes()) {
                    if (task.isDone() && GONE.contains(outcome.disposition())) {
                        claimed.merge(
                                audit.subjectId() + " " + task.system() + " " + outcome.dataset(),
                                outcome.affected(),
                                Long::sum);
                    }
                }
            }
        }
        for (Subject subject : evidence.subjects.values()) {
            evidence.dataMap.systems().forEach((system, datasets) -> {
                String estate = subject.subjectId() + " " + system;
                if (requests.containsKey(estate)) {
                    datasets.forEach(dataset -> compare(
                            evidence,
                            subject,
                            system,
                            dataset,
                            claimed,
                            unsure.contains(estate),
                            requests.get(estate),
                            findings));
                }
            });
        }
    }

    private static void compare(
            Evidence evidence,
            Subject subject,
            String system,
            DatasetSeen dataset,
            Map<String, Long> claimed,
            boolean unsure,
            @Nullable String request,
            Findings findings) {
        long before = subject.held(system, dataset.name()).size();
        long after = evidence.systems
                .digests(system, dataset.name(), subject.customerId())
                .size();
        long told = claimed.getOrDefault(subject.subjectId() + " " + system + " " + dataset.name(), 0L);
        long gone = before - after;
        if (told > gone || (told < gone && !unsure)) {
            findings.violated(
                    request,
                    "is audited with " + told + " rows erased from " + system + "/" + dataset.name() + ", and " + gone
                            + " are gone");
        }
    }
}
