package io.quittance.proving.check;

import io.quittance.proving.check.LimitTraffic.LimitSeen;
import io.quittance.proving.check.LimitTraffic.PermitSeen;
import io.quittance.proving.check.LimitTraffic.ReleaseSeen;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A4: limits are never exceeded, and what conflicts on one subject never runs at once. */
final class Restraint implements Invariant {

    @Override
    public String id() {
        return "A4";
    }

    @Override
    public String promise() {
        return "limits are kept, what conflicts never runs at once, and what comes first goes first";
    }

    @Override
    public void check(Evidence evidence, Findings findings) {
        for (LimitSeen limit : evidence.limits.limits().values()) {
            permitsAtOnce(evidence, limit, findings);
            permitsInWindow(evidence, limit, findings);
            executionsAtOnce(evidence, limit, findings);
        }
        findings.looked(evidence.limits.permits().size());
        permitted(evidence, findings);
        conflicts(evidence, findings);
        Sequence.check(evidence, findings);
    }

    /** A stretch of time that one attempt takes up. */
    private record Span(long from, long until, String requestId) {}

    /** A permit arrives after it was given, and its release before the limiter reads of it: the time between is out. */
    private static void permitsAtOnce(Evidence evidence, LimitSeen limit, Findings findings) {
        Integer most = limit.concurrent();
        if (most == null) {
            return;
        }
        List<Span> spans = new ArrayList<>();
        for (PermitSeen permit : evidence.limits.permits()) {
            ReleaseSeen release = evidence.limits.releases().get(permit.claimId());
            if (permit.limits().contains(limit.name())) {
                long until = release == null ? Long.MAX_VALUE : release.arrivedAt();
                spans.add(new Span(permit.arrivedAt(), until, permit.requestId()));
            }
        }
        atMost(most, spans, "permits under the limit " + limit.name(), findings);
    }

    private static void permitsInWindow(Evidence evidence, LimitSeen limit, Findings findings) {
        Integer most = limit.count();
        if (most == null) {
            return;
        }
        List<Span> spans = new ArrayList<>();
        for (PermitSeen permit : evidence.limits.permits()) {
            ReleaseSeen release = evidence.limits.releases().get(permit.claimId());
            boolean unused = release != null && release.unused();
            boolean comparable = evidence.clocks().agree(permit.permittedAt(), permit.permittedAt());
            if (permit.limits().contains(limit.name()) && !unused && comparable) {
                spans.add(new Span(permit.permittedAt(), permit.permittedAt() + limit.windowMs(), permit.requestId()));
            }
        }
        atMost(most, spans, "permits in a window of the limit " + limit.name(), findings);
    }

    /** By what the executors say of their first answers, as far as the pipeline still waited for them. */
    private static void executionsAtOnce(Evidence evidence, LimitSeen limit, Findings findings) {
        Integer most = limit.concurrent();
        if (most == null) {
            return;
        }
        List<Span> spans = new ArrayList<>();
        evidence.tasks.forEach((request, tasks) -> {
            Map<String, CompletionSeen> first = new HashMap<>();
            evidence.completions(request)
                    .forEach(answer -> first.putIfAbsent(answer.taskId() + "#" + answer.attempt(), answer));
            for (TaskSeen task : tasks) {
                CompletionSeen answer = first.get(task.taskId() + "#" + task.attempt());
                if (answer != null
                        && limit.isOn(task.system(), task.action())
                        && evidence.clocks().agree(task.issuedAt(), answer.finishedAt())) {
                    spans.add(new Span(answer.startedAt(), Math.min(answer.finishedAt(), task.deadline()), request));
                }
            }
        });
        findings.looked(spans.size());
        atMost(most, spans, "executions under the limit " + limit.name(), findings);
    }

    /** Ends before beginnings: what ends in the same millisecond as another begins has made room for it. */
    private static void atMost(int most, List<Span> spans, String what, Findings findings) {
        record Edge(long at, int change, String requestId) {}
        List<Edge> edges = spans.stream()
                .filter(span -> span.until() > span.from())
                .flatMap(span -> Stream.of(
                        new Edge(span.from(), 1, span.requestId()), new Edge(span.until(), -1, span.requestId())))
                .sorted((a, b) ->
                        a.at() == b.at() ? Integer.compare(a.change(), b.change()) : Long.compare(a.at(), b.at()))
                .toList();
        int now = 0;
        for (Edge edge : edges) {
            now += edge.change();
            if (edge.change() > 0 && now > most) {
                findings.add(
                        Violation.Kind.VIOLATED,
                        edge.requestId(),
                        null,
                        "was one of " + now + " " + what + ", which allows " + most,
                        edge.at(),
                        edge.at());
            }
        }
    }

    /** Nothing under a limit goes out without a permit for just this attempt. */
    private static void permitted(Evidence evidence, Findings findings) {
        Map<String, Set<String>> permitted = new HashMap<>();
        evidence.limits
                .permits()
                .forEach(permit -> permitted
                        .computeIfAbsent(
                                permit.requestId() + "/" + permit.system() + "#" + permit.attempt(),
                                any -> new HashSet<>())
                        .addAll(permit.limits()));
        evidence.tasks
                .values()
                .forEach(tasks -> tasks.forEach(task -> {
                    Set<String> under = permitted.getOrDefault(task.taskId() + "#" + task.attempt(), Set.of());
                    evidence.limits.limits().values().stream()
                            .filter(limit -> limit.isOn(task.system(), task.action()) && !under.contains(limit.name()))
                            .forEach(limit -> findings.violated(
                                    task.requestId(),
                                    "had attempt " + task.attempt() + " go out in " + task.system()
                                            + " without a permit under the limit " + limit.name()));
                }));
    }

    /** From its first attempt's going out to its last task's end, a write has its subject to itself. */
    private static void conflicts(Evidence evidence, Findings findings) {
        Map<String, List<Working>> bySubject = new HashMap<>();
        evidence.tasks.forEach((request, tasks) -> working(evidence, request, tasks)
                .forEach(span -> bySubject
                        .computeIfAbsent(span.subjectId(), any -> new ArrayList<>())
                        .add(span)));
        bySubject.values().forEach(spans -> {
            for (int one = 0; one < spans.size(); one++) {
                for (int other = one + 1; other < spans.size(); other++) {
                    overlap(spans.get(one), spans.get(other), findings);
                }
            }
        });
    }

    private record Working(String subjectId, String requestId, boolean write, long from, long until) {}

    /** By the application's clock on both ends; a request that was asked about twice may have rested in between. */
    private static Stream<Working> working(Evidence evidence, String request, List<TaskSeen> tasks) {
        TaskSeen first = tasks.get(0);
        var last = evidence.lastAudit(request).filter(AuditSeen::closed);
        if (last.isEmpty() || last.get().grants().size() != 1) {
            return Stream.empty();
        }
        long from = tasks.stream().mapToLong(TaskSeen::issuedAt).min().orElseThrow();
        if (!evidence.clocks().agree(from, last.get().ended())) {
            return Stream.empty();
        }
        return Stream.of(new Working(
                first.subjectId(),
                request,
                Permission.isWrite(first.action()),
                from,
                last.get().ended()));
    }

    private static void overlap(Working one, Working other, Findings findings) {
        if (!one.write() && !other.write()) {
            return;
        }
        findings.looked();
        if (one.from() < other.until() && other.from() < one.until()) {
            findings.violated(
                    one.requestId(),
                    "was carried out at the same time as " + other.requestId() + ", with which it conflicts");
        }
    }
}
