package io.quittance.proving.check;

import io.quittance.proving.check.AuditSeen.GrantSeen;
import io.quittance.proving.history.Act;
import io.quittance.proving.history.Act.Kind;
import io.quittance.proving.history.Place;
import io.quittance.proving.history.SystemReceipt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A3: no effect without the approvals it needs, outside its grant's window, after a revocation or under a freeze. */
final class Permission implements Invariant {
    /** By how much executors let a grant open early, in milliseconds: their {@code executor.clock.skew.ms}. */
    private static final long SKEW = 2_000;

    /** Holds are read from another topic than requests: by then at the latest they are. In milliseconds. */
    private static final long HOLD_READ = 5_000;

    private static final Set<String> STOPS =
            Set.of("REVOKED", "WITHDRAWN", "CANCELLED_BY_ORDER", "LEGAL_HOLD", "PLAN_CHANGED");

    @Override
    public String id() {
        return "A3";
    }

    @Override
    public String promise() {
        return "no effect outside a grant's window, after a revocation, or under a freeze or hold";
    }

    @Override
    public void check(Evidence evidence, Findings findings) {
        var orders = Orders.of(evidence);
        Map<String, TaskSeen> issued = new HashMap<>();
        evidence.tasks.forEach((request, tasks) -> {
            tasks.forEach(task -> issued.put(task.taskId() + "#" + task.attempt(), task));
            new Release(evidence, request).check(tasks, orders, findings);
        });
        evidence.systems
                .receipts()
                .forEach((taskId, receipts) -> receipts.forEach(receipt -> {
                    findings.looked();
                    effect(evidence, orders, issued, receipt, findings);
                }));
        documents(evidence, orders, findings);
        evidence.audits.forEach((request, revisions) -> stopped(evidence, request, revisions, findings));
        early(evidence, issued, findings);
        Set<Place> invented = evidence.acts(Kind.SENSELESS).stream()
                .map(Act::place)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        evidence.completions.forEach((request, answers) -> answers.stream()
                .filter(answer -> !invented.contains(answer.place()))
                .filter(answer -> answer.isDone() && !issued.containsKey(answer.taskId() + "#" + answer.attempt()))
                .forEach(answer -> findings.violated(
                        request, "was worked on in " + answer.system() + " without any attempt having gone out")));
    }

    /** Whatever stops work under way takes its grant back where executors read of it. */
    private static void stopped(Evidence evidence, String request, List<AuditSeen> revisions, Findings findings) {
        revisions.stream()
                .filter(audit -> (audit.closed() || audit.state().equals("EXECUTING")) && STOPS.contains(audit.code()))
                .filter(audit -> !audit.grants().isEmpty())
                .map(audit -> audit.grants().get(0).grantId())
                .filter(grant -> !evidence.revoked.contains(grant))
                .findFirst()
                .ifPresent(grant -> findings.lost(
                        request, "was stopped, and no revocation of its grant " + grant + " was ever written"));
    }

    /** What an executor works on before it is committed was never approved. */
    private static void early(Evidence evidence, Map<String, TaskSeen> issued, Findings findings) {
        evidence.completions.forEach((request, answers) -> answers.forEach(answer -> {
            TaskSeen task = issued.get(answer.taskId() + "#" + answer.attempt());
            if (task != null && answer.startedAt() < task.writtenAt()) {
                findings.violated(
                        request,
                        "was worked on in " + answer.system() + " " + (task.writtenAt() - answer.startedAt())
                                + " ms before its attempt went out");
            }
        }));
    }

    private static void effect(
            Evidence evidence, Orders orders, Map<String, TaskSeen> issued, SystemReceipt receipt, Findings findings) {
        String request = requestOf(receipt.taskId());
        TaskSeen task = issued.get(receipt.taskId() + "#" + receipt.attempt());
        if (task == null || !task.grant().grantId().equals(receipt.grantId())) {
            findings.violated(
                    request, "left a receipt in " + receipt.system() + " for an attempt that never went out like that");
            return;
        }
        Optional<Long> checkedAfter = checkedAfter(evidence, task, receipt);
        checkedAfter.ifPresent(
                at -> permitted(evidence, orders, task, at, "was carried out in " + receipt.system(), findings));
    }

    /**
     * A moment that lies before the executor's last check and yet at which it had not been carried out. A row's receipt
     * is written before the check that precedes its commit; other effects are known from when their execution began, if
     * nobody else can have done it.
     */
    private static Optional<Long> checkedAfter(Evidence evidence, TaskSeen task, SystemReceipt receipt) {
        boolean inTransaction = receipt.state().equals(SystemReceipt.IN_TRANSACTION);
        if (inTransaction && isWrite(receipt.action())) {
            return Optional.of(receipt.doneAt());
        }
        if (!isWrite(receipt.action())) {
            return Optional.empty();
        }
        return evidence.completions(task.requestId()).stream()
                .filter(answer -> answer.taskId().equals(task.taskId()) && answer.isDone())
                .map(CompletionSeen::startedAt)
                .min(Long::compareTo)
                .filter(started -> receipt.doneAt() >= started)
                .filter(started -> !wasDisturbed(evidence, task.issuedAt(), started));
    }

    private static boolean wasDisturbed(Evidence evidence, long from, long until) {
        return evidence.frames().stream()
                .anyMatch(frame -> frame.fault().endsWith("-worker") && frame.overlaps(from, until));
    }

    /** An exported document says when it was begun; the check comes at its end. */
    private static void documents(Evidence evidence, Orders orders, Findings findings) {
        evidence.tasks
                .values()
                .forEach(tasks -> tasks.stream()
                        .filter(task -> !isWrite(task.action()))
                        .forEach(task -> evidence.lastAudit(task.requestId()).stream()
                                .flatMap(audit -> audit.task(task.system()).stream())
                                .filter(done -> done.isDone() && done.attempts() == task.attempt())
                                .flatMap(done -> done.outcomes().stream())
                                .map(AuditSeen.OutcomeSeen::documentUri)
                                .filter(Objects::nonNull)
                                .distinct()
                                .map(uri -> evidence.systems.exports().get(uri))
                                .filter(Objects::nonNull)
                                .findFirst()
                                .flatMap(ExportSeen::read)
                                .filter(export -> export.createdAt() >= task.issuedAt())
                                .ifPresent(export -> permitted(
                                        evidence,
                                        orders,
                                        task,
                                        export.createdAt(),
                                        "was exported from " + task.system(),
                                        findings))));
    }

    private static void permitted(
            Evidence evidence, Orders orders, TaskSeen task, long at, String what, Findings findings) {
        GrantSeen grant = task.grant();
        String request = task.requestId();
        boolean comparable = evidence.clocks().agree(grant.notBefore(), at);
        if (comparable && at >= grant.notAfter()) {
            findings.violated(request, what + " " + (at - grant.notAfter()) + " ms after its grant had shut");
        }
        if (comparable && at < grant.notBefore() - SKEW) {
            findings.violated(request, what + " " + (grant.notBefore() - at) + " ms before its grant opened");
        }
        orders.revoked(grant.grantId())
                .filter(seen -> at > seen)
                .ifPresent(seen -> findings.violated(
                        request,
                        what + " " + (at - seen) + " ms after everybody could read that its grant was revoked"));
        orders.freeze(task.system(), at, finished(evidence, task, at))
                .ifPresent(name -> findings.violated(request, what + " under the freeze " + name));
    }

    /** By then the last check was over: a freeze that was lifted before may not have been there any more. */
    private static long finished(Evidence evidence, TaskSeen task, long at) {
        return evidence.completions(task.requestId()).stream()
                .filter(answer -> answer.taskId().equals(task.taskId()) && answer.attempt() == task.attempt())
                .mapToLong(CompletionSeen::finishedAt)
                .filter(finished -> finished >= at)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    static boolean isWrite(String action) {
        return action.equals("DELETE") || action.equals("ANONYMIZE");
    }

    private static String requestOf(String taskId) {
        int slash = taskId.lastIndexOf('/');
        return slash < 0 ? taskId : taskId.substring(0, slash);
    }

    /** Whether what went out for one request could go out. */
    private record Release(Evidence evidence, String request) {

        void check(List<TaskSeen> tasks, Orders orders, Findings findings) {
            for (TaskSeen task : tasks) {
                findings.looked();
                approved(task, findings);
                held(task, findings);
                sentUnderHold(task, tasks, findings);
                orders.revoked(task.grant().grantId())
                        .filter(seen -> task.writtenAt() > seen)
                        .ifPresent(seen -> findings.violated(
                                request,
                                "had an attempt go out in " + task.system() + " " + (task.writtenAt() - seen)
                                        + " ms after its grant was revoked"));
                if (!task.grant().systems().contains(task.system())) {
                    findings.violated(
                            request, "had work go out in " + task.system() + ", which its grant does not name");
                }
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
            int needed = Integer.parseInt(submitted.get().details().getOrDefault("approvals", "0"));
            long given = evidence.acts(request, Kind.DECIDED).stream()
                    .filter(act -> "APPROVE".equals(act.details().get("verdict"))
                            && !act.details().containsKey("invalid"))
                    .filter(act -> act.at() <= task.writtenAt())
                    .map(act -> act.details().getOrDefault("approver", ""))
                    .distinct()
                    .count();
            if (given < needed) {
                findings.violated(
                        request,
                        "had work go out in " + task.system() + " with " + given + " of " + needed + " approvals");
            }
        }

        /** Once the audit has said that a hold keeps it waiting, nothing goes out until somebody lifts the hold. */
        private void held(TaskSeen task, Findings findings) {
            evidence.audits.getOrDefault(request, List.of()).stream()
                    .filter(audit ->
                            audit.state().equals("QUEUED") && audit.code().equals("LEGAL_HOLD"))
                    .map(AuditSeen::writtenAt)
                    .findFirst()
                    .filter(since -> task.writtenAt() > since && task.writtenAt() < lifted(task.subjectId()))
                    .filter(since -> evidence.clocks().agree(since, task.writtenAt()))
                    .ifPresent(since ->
                            findings.violated(request, "had work go out in " + task.system() + " under a legal hold"));
        }

        /** What the audit may not have said: some time after a hold was placed, nothing begins any more. */
        private void sentUnderHold(TaskSeen task, List<TaskSeen> tasks, Findings findings) {
            if (!isWrite(task.action())) {
                return;
            }
            evidence.acts(Kind.HELD).stream()
                    .filter(act -> task.subjectId().equals(act.subjectId()))
                    .flatMap(act -> Stream.ofNullable(act.acknowledgedAt()))
                    .map(placed -> placed + HOLD_READ)
                    .filter(since -> task.writtenAt() > since && task.writtenAt() < lifted(task.subjectId()))
                    .filter(since -> tasks.stream().noneMatch(other -> other.writtenAt() <= since))
                    .filter(since -> evidence.clocks().agree(since, task.writtenAt()))
                    .findFirst()
                    .ifPresent(since -> findings.violated(
                            request,
                            "had work go out in " + task.system() + " " + (task.writtenAt() - since + HOLD_READ)
                                    + " ms after a legal hold was placed"));
        }

        private long lifted(String subjectId) {
            return evidence.acts(Kind.LIFTED).stream()
                    .filter(act -> subjectId.equals(act.subjectId()))
                    .mapToLong(Act::at)
                    .min()
                    .orElse(Long.MAX_VALUE);
        }
    }

    /** Revocations and freezes, by when everybody could know of them. */
    private record Orders(Map<String, Long> revocations, List<Freeze> freezes) {
        private record Freeze(String name, List<String> systems, long from, long until) {}

        static Orders of(Evidence evidence) {
            Map<String, Long> seen = new HashMap<>();
            evidence.acts(Kind.REVOCATION_SEEN)
                    .forEach(act -> seen.merge(act.details().getOrDefault("grant", ""), act.at(), Math::min));
            List<Freeze> freezes = new ArrayList<>();
            for (Act frozen : evidence.acts(Kind.FROZEN)) {
                String name = frozen.details().getOrDefault("name", "");
                long until = evidence.acts(Kind.THAWED).stream()
                        .filter(act -> name.equals(act.details().get("name")))
                        .mapToLong(Act::at)
                        .min()
                        .orElse(Long.MAX_VALUE);
                if (frozen.acknowledgedAt() != null) {
                    List<String> systems =
                            List.of(frozen.details().getOrDefault("systems", "").split(","));
                    freezes.add(new Freeze(name, systems, frozen.acknowledgedAt(), until));
                }
            }
            return new Orders(seen, freezes);
        }

        Optional<Long> revoked(String grantId) {
            return Optional.ofNullable(revocations.get(grantId));
        }

        /** A freeze under which all of that time lies. */
        Optional<String> freeze(String system, long at, long finished) {
            return freezes.stream()
                    .filter(freeze ->
                            freeze.systems().contains(system) && at > freeze.from() && finished < freeze.until())
                    .map(Freeze::name)
                    .findFirst();
        }
    }
}
