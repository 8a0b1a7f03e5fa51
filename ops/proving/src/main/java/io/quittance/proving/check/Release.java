package io.quittance.proving.check;

import io.quittance.proving.history.Act;
import io.quittance.proving.history.Act.Kind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether what went out for one request could go out. */
record Release(Evidence evidence, String request) {
    /** Holds are read from another topic than requests: by then at the latest they are. In milliseconds. */
    private static final long HOLD_READ = 5_000;

    void check(List<TaskSeen> tasks, Orders orders, Findings findings) {
        for (TaskSeen task : tasks) {
            findings.looked();
            approved(task, findings);
            narrowed(task, findings);
            held(task, findings);
            sentUnderHold(task, tasks, findings);
            orders.revoked(task.grant().grantId()).ifPresent(seen -> revoked(task, seen, findings));
            if (!task.grant().systems().contains(task.system())) {
                findings.violated(request, "had work go out in " + task.system() + ", which its grant does not name");
            }
        }
    }

    private void revoked(TaskSeen task, long seen, Findings findings) {
        findings.compared(Permission.REVOCATION);
        if (task.writtenAt() > seen) {
            findings.violated(
                    request,
                    "had an attempt go out in " + task.system() + " " + (task.writtenAt() - seen)
                            + " ms after its grant was revoked");
        }
    }

    private void approved(TaskSeen task, Findings findings) {
        Optional<Act> submitted =
                evidence.acts(request, Kind.SUBMITTED).stream().findFirst();
        if (submitted.isEmpty()) {
            return;
        }
        if (submitted.get().details().containsKey("no-tasks")) {
            findings.violated(
                    request,
                    "had work go out in " + task.system() + ", and nothing permits it ("
                            + submitted.get().story() + ")");
            return;
        }
        String asked = submitted.get().details().getOrDefault("action", task.action());
        if (!asked.equals(task.action())) {
            findings.violated(request, "had " + task.action() + " go out, and " + asked + " was asked");
        }
        int needed = Integer.parseInt(submitted.get().details().getOrDefault("approvals", "0"));
        long given = approvals(task)
                .map(act -> act.details().getOrDefault("approver", ""))
                .distinct()
                .count();
        if (given < needed) {
            findings.violated(
                    request, "had work go out in " + task.system() + " with " + given + " of " + needed + " approvals");
        }
    }

    /** Who approves one system approves nothing elsewhere. */
    private void narrowed(TaskSeen task, Findings findings) {
        approvals(task)
                .flatMap(act -> Stream.ofNullable(act.details().get("only")))
                .filter(only -> !only.equals(task.system()))
                .findFirst()
                .ifPresent(only -> findings.violated(
                        request, "had work go out in " + task.system() + ", and " + only + " alone was approved"));
    }

    private Stream<Act> approvals(TaskSeen task) {
        return evidence.acts(request, Kind.DECIDED).stream()
                .filter(act -> "APPROVE".equals(act.details().get("verdict"))
                        && !act.details().containsKey("invalid"))
                .filter(act -> act.at() <= task.writtenAt());
    }

    /** Once the audit has said that a hold keeps it waiting, nothing goes out until somebody lifts the hold. */
    private void held(TaskSeen task, Findings findings) {
        evidence.audits.getOrDefault(request, List.of()).stream()
                .filter(audit -> audit.state().equals("QUEUED") && audit.code().equals("LEGAL_HOLD"))
                .map(AuditSeen::writtenAt)
                .findFirst()
                .filter(since -> evidence.clocks().agree(since, task.writtenAt()))
                .ifPresent(since -> {
                    findings.compared(Permission.HOLD);
                    if (isSentBetween(since, task)) {
                        findings.violated(request, "had work go out in " + task.system() + " under a legal hold");
                    }
                });
    }

    /** What the audit may not have said: some time after a hold was placed, nothing begins any more. */
    private void sentUnderHold(TaskSeen task, List<TaskSeen> tasks, Findings findings) {
        if (!Permission.isWrite(task.action())) {
            return;
        }
        List<Long> holds = evidence.actsOn(task.subjectId()).stream()
                .filter(act -> act.act() == Kind.HELD)
                .flatMap(act -> Stream.ofNullable(act.acknowledgedAt()))
                .map(this::readBy)
                .filter(since -> tasks.stream().noneMatch(other -> other.writtenAt() <= since))
                .filter(since -> evidence.clocks().agree(since, task.writtenAt()))
                .toList();
        holds.forEach(since -> findings.compared(Permission.HOLD));
        holds.stream()
                .filter(since -> isSentBetween(since, task))
                .findFirst()
                .ifPresent(since -> findings.violated(
                        request,
                        "had work go out in " + task.system() + " " + (task.writtenAt() - since + HOLD_READ)
                                + " ms after a legal hold was placed"));
    }

    /** What is broken when a hold is placed may keep everybody from reading it. */
    private long readBy(long placed) {
        return evidence.frames().stream()
                        .filter(frame -> frame.overlaps(placed, placed + HOLD_READ))
                        .mapToLong(frame -> Math.min(frame.until(), Long.MAX_VALUE - HOLD_READ))
                        .reduce(placed, Math::max)
                + HOLD_READ;
    }

    /** Whether it went out after that, and before the subject's holds were lifted. */
    private boolean isSentBetween(long since, TaskSeen task) {
        return task.writtenAt() > since && task.writtenAt() < lifted(task.subjectId());
    }

    private long lifted(String subjectId) {
        return evidence.actsOn(subjectId).stream()
                .filter(act -> act.act() == Kind.LIFTED)
                .mapToLong(Act::at)
                .min()
                .orElse(Long.MAX_VALUE);
    }
}
