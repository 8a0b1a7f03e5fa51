package io.quittance.proving.check;

import io.quittance.proving.history.Act;
import io.quittance.proving.history.Act.Kind;
import io.quittance.proving.history.Place;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** A3: no effect without the approvals it needs, outside its grant's window, after a revocation or under a freeze. */
final class Permission implements Invariant {
    static final String WINDOW = "window";
    static final String REVOCATION = "revocation";
    static final String FREEZE = "freeze";
    static final String HOLD = "hold";

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
        findings.expecting(WINDOW, attemptsUnderBriefGrants(evidence));
        findings.expecting(REVOCATION, evidence.acts(Kind.REVOCATION_SEEN).size());
        findings.expecting(FREEZE, evidence.acts(Kind.FROZEN).size());
        findings.expecting(HOLD, evidence.acts(Kind.HELD).size());
        Map<String, TaskSeen> issued = new HashMap<>();
        evidence.tasks.forEach((request, tasks) -> {
            tasks.forEach(task -> issued.put(task.taskId() + "#" + task.attempt(), task));
            new Release(evidence, request).check(tasks, orders, findings);
        });
        new Effects(evidence, orders, issued, findings).check();
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

    private static long attemptsUnderBriefGrants(Evidence evidence) {
        return evidence.tasks.values().stream()
                .flatMap(List::stream)
                .filter(task -> task.grant().isBrief())
                .count();
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

    static boolean isWrite(String action) {
        return action.equals("DELETE") || action.equals("ANONYMIZE");
    }

    static String requestOf(String taskId) {
        int slash = taskId.lastIndexOf('/');
        return slash < 0 ? taskId : taskId.substring(0, slash);
    }
}
