package io.quittance.streams.history;

import static io.quittance.streams.history.Violation.unless;

import io.quittance.streams.domain.Command;
import io.quittance.streams.domain.Decision;
import io.quittance.streams.domain.Effect;
import io.quittance.streams.domain.limit.Limit;
import io.quittance.streams.domain.model.Dataset;
import io.quittance.streams.domain.model.DatasetOutcome;
import io.quittance.streams.domain.model.Grant;
import io.quittance.streams.domain.model.PlannedSystem;
import io.quittance.streams.domain.model.Scope;
import io.quittance.streams.domain.model.Verification;
import io.quittance.streams.domain.policy.RuleOutcome;
import io.quittance.streams.domain.policy.VerificationNeed;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The model's own reading of what may go out, and of what has come of it. */
final class Issuing {
    private final Surroundings around;
    private final Map<String, Dossier> dossiers;
    private final Map<String, Map<String, Scope>> holds;
    private final Map<String, Integer> most = new HashMap<>();
    private Dossier.@Nullable Attempt answered;

    Issuing(Surroundings around, Map<String, Dossier> dossiers, Map<String, Map<String, Scope>> holds) {
        this.around = around;
        this.dossiers = dossiers;
        this.holds = holds;
        limitsChanged();
    }

    /** What went out under an earlier, wider limit may be out still. */
    void limitsChanged() {
        for (Limit limit : around.limits) {
            int now = limit.concurrent() == null ? Integer.MAX_VALUE : limit.concurrent();
            most.merge(limit.name(), now, Math::max);
        }
    }

    /** A grant is seen for the first time: the request has just been released. */
    void granted(Dossier about, Grant grant, Instant now) {
        if (about.grants.put(grant.grantId(), grant) != null) {
            return;
        }
        unless(grant.notBefore().equals(now), "a grant opens when the work is released");
        unless(grant.notAfter().equals(now.plus(window(about))), "a grant is open as long as was approved, at most");
        unless(isPermitted(about), "nothing is released that nobody approved");
        unless(isProven(about, now), "nothing is released on proofs that no longer count");
        unless(!about.cancelled, "nothing is released that was taken back");
        for (String system : grant.systems()) {
            List<String> approved = about.approvedDatasets(system, datasets(system));
            List<Dataset> touched = datasets(system).stream()
                    .filter(dataset -> approved.contains(dataset.name()))
                    .toList();
            unless(!isHeld(about, system, touched), "nothing is released against a legal hold");
            unless(!isFrozen(about, system, now), "nothing is released that stands still by order");
        }
        unless(hasWaited(about, now), "a write can be withdrawn as long as its rule says");
        for (Dossier other : dossiers.values()) {
            boolean conflict = other != about
                    && other.request.subjectId().equals(about.request.subjectId())
                    && (other.writes() || about.writes());
            unless(
                    !conflict || other.number > about.number || !other.inTheWay() || mayOvertake(about, other),
                    "what was asked earlier and conflicts goes first");
            unless(!conflict || !other.executing(), "what conflicts does not run at the same time");
            unless(!conflict || other.out().allMatch(attempt -> attempt.overdue), "writes exclude whatever else runs");
        }
        if (about.shown != null) {
            unless(grant.planHash().equals(about.shownHash), "a grant is for the plan that was shown");
            unless(
                    new HashSet<>(grant.approvedBy()).equals(about.approvals.keySet()),
                    "a grant names those who approved it");
        }
        about.stopping = false;
    }

    void issued(Dossier about, Effect.IssueTask issue, Instant now) {
        Grant grant = issue.grant();
        granted(about, grant, now);
        String system = issue.task().system();
        unless(grant.equals(about.grants.get(grant.grantId())), "a grant never changes");
        unless(grant.grantId().endsWith("#" + about.grants.size()), "only the newest grant is used");
        unless(!about.revoked.contains(grant.grantId()), "nothing goes out under a revoked grant");
        unless(!about.stopping && !about.cancelled, "nothing goes out for what is being stopped");
        unless(!now.isBefore(grant.notBefore()), "nothing goes out before its grant opens");
        unless(now.isBefore(grant.notAfter()), "nothing goes out after its grant has shut");
        unless(isPermitted(about), "nothing goes out that nobody approved");
        unless(!isHeld(about, system, issue.datasets()), "nothing goes out against a legal hold");
        unless(!isFrozen(about, system, now), "nothing goes out that stands still by order");
        unless(grant.systems().contains(system), "a grant is only for its systems");
        isWithin(about, issue, system);
        isNext(about, issue, system);
        about.attempts.put(system, new Dossier.Attempt(issue, overAt(issue, now)));
        fitsLimits(about, system);
    }

    private void isWithin(Dossier about, Effect.IssueTask issue, String system) {
        List<String> approved = about.approvedDatasets(system, datasets(system));
        unless(!issue.datasets().isEmpty(), "a task is about something");
        unless(
                issue.datasets().stream().map(Dataset::name).allMatch(approved::contains),
                "a task covers what was approved or less");
        unless(issue.spared().equals(others(issue, system)), "a task names what it spares");
        if (about.shown != null) {
            int shown = about.shown.systems().stream()
                    .filter(planned -> planned.system().equals(system))
                    .map(PlannedSystem::mapVersion)
                    .findFirst()
                    .orElse(-1);
            unless(shown == around.version(system), "a task follows the map that was shown");
        }
    }

    private static List<Dataset> others(Effect.IssueTask issue, String system) {
        return datasets(system).stream()
                .filter(dataset -> !issue.datasets().contains(dataset))
                .toList();
    }

    private void isNext(Dossier about, Effect.IssueTask issue, String system) {
        Dossier.Attempt before = about.attempts.get(system);
        int last = before == null ? 0 : before.task.task().attempt();
        unless(issue.task().attempt() == last + 1, "attempts count up");
        unless(before == null || !before.out || before.overdue, "one attempt at a time");
        unless(!about.done.contains(system), "what is done is not done again");
        if (before == null || !before.task.grant().equals(issue.grant())) {
            about.countedFrom.put(system, last);
        }
        int counted = issue.task().attempt() - about.countedFrom.getOrDefault(system, 0);
        unless(counted <= Setup.maxAttempts(system), "there is an end to attempts");
        boolean first = about.writes()
                && system.equals("search")
                && issue.grant().systems().contains("shop");
        unless(!first || about.done.contains("shop"), "a system comes after those it is fed from");
    }

    private void fitsLimits(Dossier about, String system) {
        for (Limit limit : around.limits) {
            int allowed = most.getOrDefault(limit.name(), Integer.MAX_VALUE);
            if (allowed != Integer.MAX_VALUE && covers(limit, about, system)) {
                long out = dossiers.values().stream()
                        .flatMap(one -> one.out()
                                .filter(attempt -> !attempt.overdue)
                                .filter(attempt ->
                                        covers(limit, one, attempt.task.task().system())))
                        .count();
                unless(out <= allowed, "never more under way than the limit allows");
            }
        }
    }

    private static boolean covers(Limit limit, Dossier about, String system) {
        return (limit.systems().isEmpty() || limit.systems().contains(system))
                && (limit.actions().isEmpty() || limit.actions().contains(about.request.action()));
    }

    private static Instant overAt(Effect.IssueTask issue, Instant now) {
        Instant patience = now.plus(Duration.ofMinutes(5));
        Instant grace = issue.grant().notAfter().plus(Play.SETTINGS.grantGrace());
        return patience.isBefore(grace) ? patience : grace;
    }

    void beforeTick(String subject, Instant now) {
        dossiers.values().stream()
                .filter(one -> one.request.subjectId().equals(subject))
                .flatMap(Dossier::out)
                .filter(attempt -> !attempt.overAt.isAfter(now))
                .forEach(attempt -> attempt.overdue = true);
    }

    /** What goes out because of an answer goes out after the answer. */
    void beforeComplete(Command.Complete complete) {
        answered = null;
        Dossier about = dossiers.get(complete.requestId());
        Dossier.Attempt attempt = about == null ? null : about.attempts.get(complete.system());
        if (about != null && attempt != null && answers(about, attempt, complete)) {
            answered = attempt;
            attempt.out = false;
            if (complete.status() == Command.CompletionStatus.REFUSED && "FROZEN".equals(complete.code())) {
                about.countedFrom.merge(complete.system(), 1, Integer::sum);
            }
            if (complete.status() == Command.CompletionStatus.DONE && isComplete(attempt.task, complete)) {
                about.done.add(complete.system());
            }
        }
    }

    void afterComplete(Command.Complete complete, Decision decision) {
        boolean taken = decision.refusal() == null && !decision.repeat();
        boolean late = answered != null && answered.overdue;
        unless(late || taken == (answered != null), "an answer counts for the attempt that is out, once");
        if (late && !taken) {
            Dossier about = dossiers.get(complete.requestId());
            if (about != null) {
                about.done.remove(complete.system());
            }
        }
    }

    private static boolean answers(Dossier about, Dossier.Attempt attempt, Command.Complete complete) {
        String executor = complete.executor().split(" ", 2)[0];
        boolean party = executor.equals(about.request.requester().id()) || about.approvals.containsKey(executor);
        return attempt.out
                && !about.closed()
                && !party
                && attempt.task.task().attempt() == complete.attempt()
                && attempt.task.grant().grantId().equals(complete.grantId());
    }

    private static boolean isComplete(Effect.IssueTask task, Command.Complete complete) {
        var reported = new HashSet<String>();
        for (DatasetOutcome outcome : complete.outcomes()) {
            if (outcome.residual() == 0) {
                reported.add(outcome.dataset());
            }
        }
        return reported.size() == complete.outcomes().size()
                && reported.containsAll(
                        task.datasets().stream().map(Dataset::name).toList());
    }

    private static boolean isPermitted(Dossier about) {
        boolean emergency = about.rule.review() == null || about.request.breakGlassReason() != null;
        return about.rule.outcome() == RuleOutcome.APPROVE ? emergency : about.permitted;
    }

    private boolean isHeld(Dossier about, String system, List<Dataset> touched) {
        Set<String> categories = about.categories(touched);
        return about.writes()
                && holds.getOrDefault(about.request.subjectId(), Map.of()).values().stream()
                        .filter(hold ->
                                hold.systems().isEmpty() || hold.systems().contains(system))
                        .anyMatch(hold -> hold.categories().isEmpty()
                                || hold.categories().stream().anyMatch(categories::contains));
    }

    private boolean isFrozen(Dossier about, String system, Instant now) {
        return around.freezes.values().stream()
                .filter(freeze -> freeze.until() == null || now.isBefore(freeze.until()))
                .anyMatch(freeze -> freeze.everything()
                        || freeze.systems().contains(system)
                        || freeze.regimes().contains(about.request.regime())
                        || freeze.policies().contains("default"));
    }

    private static boolean hasWaited(Dossier about, Instant now) {
        Instant from = about.rule.outcome() == RuleOutcome.ASK ? about.permittedAt : about.queuedAt;
        return !about.writes()
                || about.rule.waiting().isZero()
                || about.grants.size() > 1
                || (from != null && !now.isBefore(from.plus(about.rule.waiting())));
    }

    /** A read does not wait for a write that waits itself, for a hold or for its time. */
    private boolean mayOvertake(Dossier read, Dossier write) {
        boolean held = !holds.getOrDefault(write.request.subjectId(), Map.of()).isEmpty();
        boolean waits = !write.rule.waiting().isZero();
        return !read.writes() && !write.executing() && (held || waits);
    }

    /** More attempts have been ordered. */
    void beginAnew(Dossier about) {
        about.attempts.forEach((system, attempt) ->
                about.countedFrom.put(system, attempt.task.task().attempt()));
    }

    private static List<Dataset> datasets(String system) {
        return Setup.datasets(system);
    }

    boolean isProven(Dossier about, Instant now) {
        VerificationNeed need = about.rule.verification();
        boolean identity = need.identityLevel() == 0
                || about.proofs.stream()
                        .anyMatch(proof -> proof.kind() == Verification.Kind.IDENTITY
                                && proof.level() >= need.identityLevel()
                                && holds(proof, need, now));
        boolean intent = !need.intent()
                || about.proofs.stream()
                        .anyMatch(proof -> proof.kind() == Verification.Kind.INTENT && holds(proof, need, now));
        return identity && intent;
    }

    private static boolean holds(Verification proof, VerificationNeed need, Instant now) {
        return proof.proven()
                && (proof.expiresAt() == null || now.isBefore(proof.expiresAt()))
                && (need.maxAge() == null || !proof.at().plus(need.maxAge()).isBefore(now));
    }

    private static Duration window(Dossier about) {
        Duration window = about.rule.window();
        for (Command.Decide approval : about.approvals.values()) {
            Duration asked = approval.narrowing().window();
            window = asked != null && asked.compareTo(window) < 0 ? asked : window;
        }
        return window;
    }
}
