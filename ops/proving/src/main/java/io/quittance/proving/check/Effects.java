package io.quittance.proving.check;

import io.quittance.proving.check.AuditSeen.GrantSeen;
import io.quittance.proving.check.AuditSeen.OutcomeSeen;
import io.quittance.proving.history.SystemReceipt;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Whether what was carried out could be, at the moment at which it was. */
record Effects(Evidence evidence, Orders orders, Map<String, TaskSeen> issued, Findings findings) {
    /** By how much executors let a grant open early, in milliseconds: their {@code executor.clock.skew.ms}. */
    private static final long SKEW = 2_000;
    /** Further away from a freeze, an effect says nothing of it. In milliseconds. */
    private static final long NEAR = 60_000;

    void check() {
        for (List<SystemReceipt> receipts : evidence.systems.receipts().values()) {
            for (SystemReceipt receipt : receipts) {
                findings.looked();
                receipt(receipt);
            }
        }
        documents();
    }

    private void receipt(SystemReceipt receipt) {
        String request = Permission.requestOf(receipt.taskId());
        TaskSeen task = issued.get(receipt.taskId() + "#" + receipt.attempt());
        if (task == null || !task.grant().grantId().equals(receipt.grantId())) {
            findings.violated(
                    request, "left a receipt in " + receipt.system() + " for an attempt that never went out like that");
            return;
        }
        Optional<Long> checkedAfter = checkedAfter(task, receipt);
        checkedAfter.ifPresent(at -> permitted(task, at, "was carried out in " + receipt.system()));
    }

    /**
     * A moment that lies before the executor's last check and yet at which it had not been carried out. A row's receipt
     * is written before the check that precedes its commit; other effects are known from when their execution began, if
     * nobody else can have done it.
     */
    private Optional<Long> checkedAfter(TaskSeen task, SystemReceipt receipt) {
        boolean inTransaction = receipt.state().equals(SystemReceipt.IN_TRANSACTION);
        if (inTransaction && Permission.isWrite(receipt.action())) {
            return Optional.of(receipt.doneAt());
        }
        if (!Permission.isWrite(receipt.action())) {
            return Optional.empty();
        }
        return evidence.completions(task.requestId()).stream()
                .filter(answer -> answer.taskId().equals(task.taskId()) && answer.isDone())
                .map(CompletionSeen::startedAt)
                .min(Long::compareTo)
                .filter(started -> receipt.doneAt() >= started)
                .filter(started -> !wasDisturbed(task.issuedAt(), started));
    }

    private boolean wasDisturbed(long from, long until) {
        return evidence.frames().stream()
                .anyMatch(frame -> frame.fault().endsWith("-worker") && frame.overlaps(from, until));
    }

    /** An exported document says when it was begun; the check comes at its end. */
    private void documents() {
        evidence.tasks
                .values()
                .forEach(tasks -> tasks.stream()
                        .filter(task -> !Permission.isWrite(task.action()))
                        .forEach(task -> evidence.lastAudit(task.requestId()).stream()
                                .flatMap(audit -> audit.task(task.system()).stream())
                                .filter(done -> done.isDone() && done.attempts() == task.attempt())
                                .flatMap(done -> done.outcomes().stream())
                                .map(OutcomeSeen::documentUri)
                                .filter(Objects::nonNull)
                                .distinct()
                                .map(uri -> evidence.systems.exports().get(uri))
                                .filter(Objects::nonNull)
                                .findFirst()
                                .flatMap(ExportSeen::read)
                                .filter(export -> export.createdAt() >= task.issuedAt())
                                .ifPresent(export ->
                                        permitted(task, export.createdAt(), "was exported from " + task.system()))));
    }

    private void permitted(TaskSeen task, long at, String what) {
        GrantSeen grant = task.grant();
        if (evidence.clocks().agree(grant.notBefore(), at)) {
            inWindow(task, at, what);
        }
        orders.revoked(grant.grantId()).ifPresent(seen -> notRevoked(task, at, seen, what));
        if (orders.hasFreeze(List.of(task.system()), at - NEAR, at + NEAR)) {
            findings.compared(Permission.FREEZE);
            orders.freeze(task.system(), at, finished(task, at))
                    .ifPresent(name -> findings.violated(task.requestId(), what + " under the freeze " + name));
        }
    }

    private void inWindow(TaskSeen task, long at, String what) {
        GrantSeen grant = task.grant();
        if (at >= grant.notAfter() - GrantSeen.BRIEF) {
            findings.compared(Permission.WINDOW);
        }
        if (at >= grant.notAfter()) {
            findings.violated(task.requestId(), what + " " + (at - grant.notAfter()) + " ms after its grant had shut");
        }
        if (at < grant.notBefore() - SKEW) {
            findings.violated(task.requestId(), what + " " + (grant.notBefore() - at) + " ms before its grant opened");
        }
    }

    private void notRevoked(TaskSeen task, long at, long seen, String what) {
        findings.compared(Permission.REVOCATION);
        if (at > seen) {
            findings.violated(
                    task.requestId(),
                    what + " " + (at - seen) + " ms after everybody could read that its grant was revoked");
        }
    }

    /** By then the last check was over: a freeze that was lifted before may not have been there any more. */
    private long finished(TaskSeen task, long at) {
        return evidence.completions(task.requestId()).stream()
                .filter(answer -> answer.taskId().equals(task.taskId()) && answer.attempt() == task.attempt())
                .mapToLong(CompletionSeen::finishedAt)
                .filter(finished -> finished >= at)
                .min()
                .orElse(Long.MAX_VALUE);
    }
}
