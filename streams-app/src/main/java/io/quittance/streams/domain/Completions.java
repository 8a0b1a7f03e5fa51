package io.quittance.streams.domain;

import io.quittance.streams.domain.docket.Case;
import io.quittance.streams.domain.docket.ClosedMarker;
import io.quittance.streams.domain.docket.Standing;
import io.quittance.streams.domain.model.Action;
import io.quittance.streams.domain.model.DatasetOutcome;
import io.quittance.streams.domain.model.PlannedSystem;
import io.quittance.streams.domain.model.SystemEntry;
import io.quittance.streams.domain.model.TaskState;
import io.quittance.streams.domain.model.TaskStatus;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What an executor's report comes to. */
final class Completions {
    /** A code, and not a message of a driver: those may show values, and codes go into the audit. */
    private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9_]{0,63}");

    /**
     * An executor with a clock behind ours, with keys older than ours, that was shown a forgery of the attempt, or that
     * came to it too late and was heard before our own timer was.
     */
    private static final Pattern SAYS_NOTHING_OF_THE_TASK = Pattern.compile(
            "GRANT_NOT_YET_VALID|GRANT_ALTERED|GRANT_SIGNATURE_(MISSING|INVALID|KEY_UNKNOWN)|TASK_OVERDUE");

    private static final Set<Refusal> KEEPS_EVIDENCE =
            EnumSet.of(Refusal.LATE_COMPLETION, Refusal.CONTRADICTING_COMPLETION, Refusal.GRANT_MISMATCH);

    private Completions() {}

    /**
     * After the request has closed: a repeat of an answer that counted is nothing new, anything else people must see.
     */
    static void afterTheEnd(Turn turn, Command.Complete complete) {
        Optional<ClosedMarker> marker = turn.docket().findClosed(complete.requestId());
        List<String> answered = marker.map(ClosedMarker::answered).orElse(List.of());
        String answer = complete.system() + "#" + complete.attempt();
        boolean toldOfNone = answered.contains(answer + ClosedMarker.NO_EFFECT);
        if (toldOfNone && isDone(complete) && touched(complete)) {
            turn.deadLetter(Refusal.CONTRADICTING_COMPLETION);
        } else if (toldOfNone || answered.contains(answer)) {
            turn.repeated();
        } else {
            turn.deadLetter(marker.isPresent() ? Refusal.REQUEST_CLOSED : Refusal.UNKNOWN_REQUEST);
        }
    }

    /** How a closed request remembers what the task was answered with. */
    static String answerOf(TaskState task) {
        return task.system() + "#" + task.attempt() + (task.touched() ? "" : ClosedMarker.NO_EFFECT);
    }

    /**
     * Changes nothing of how the task stands; but what a late or a second execution touched under one of the request's
     * grants has to be found when a backup is restored. A document that was accepted stays the one to hand out.
     */
    static void refuse(Turn turn, Case about, Command.Complete complete, Refusal why) {
        if (KEEPS_EVIDENCE.contains(why) && wasGranted(about, complete)) {
            List<DatasetOutcome> evidence = believable(about, complete);
            about.task(complete.system())
                    .filter(task -> task.tellsLessThan(evidence) && !task.hasDocument())
                    .ifPresent(task -> turn.change(about.requestId(), task.reporting(evidence)));
        }
        turn.refuse(about.requestId(), why, complete.system());
    }

    private static boolean wasGranted(Case about, Command.Complete complete) {
        return about.authority().grants().stream()
                .anyMatch(grant -> grant.grantId().equals(complete.grantId()));
    }

    private static boolean touched(Command.Complete complete) {
        return complete.outcomes().stream().anyMatch(outcome -> outcome.affected() > 0);
    }

    private static boolean isDone(Command.Complete complete) {
        return complete.status() == Command.CompletionStatus.DONE;
    }

    static Optional<Refusal> refusal(Case about, Command.Complete complete) {
        Optional<TaskState> task = about.task(complete.system());
        if (complete.status() == Command.CompletionStatus.UNKNOWN
                || !Door.isText(complete.executor(), Door.MAX_TEXT)
                || (complete.code() != null && !Door.isText(complete.code(), Door.MAX_TEXT))) {
            return Optional.of(Refusal.INVALID_COMPLETION);
        }
        if (isParty(about, complete.executor())) {
            return Optional.of(Refusal.SELF_EXECUTION);
        }
        if (task.isEmpty()) {
            return Optional.of(Refusal.UNKNOWN_TASK);
        }
        if (complete.attempt() < 1 || complete.attempt() > task.get().attempt()) {
            return Optional.of(Refusal.UNKNOWN_ATTEMPT);
        }
        if (complete.attempt() < task.get().attempt() || isOver(task.get(), complete)) {
            return Optional.of(Refusal.LATE_COMPLETION);
        }
        boolean granted = about.authority()
                .grant()
                .filter(grant -> grant.grantId().equals(complete.grantId()))
                .isPresent();
        if (!granted) {
            return Optional.of(Refusal.GRANT_MISMATCH);
        }
        return contradicts(about, task.get(), complete)
                ? Optional.of(Refusal.CONTRADICTING_COMPLETION)
                : Optional.empty();
    }

    /** Two executions of one attempt, of which only the first was heard, and the second did more. */
    private static boolean contradicts(Case about, TaskState task, Command.Complete complete) {
        return isAnswered(task) && isDone(complete) && task.tellsLessThan(believable(about, complete));
    }

    /** The attempt has been answered already, by this same answer. */
    static boolean isRepeat(Case about, Command.Complete complete) {
        return about.task(complete.system()).filter(Completions::isAnswered).isPresent();
    }

    private static boolean isAnswered(TaskState task) {
        return task.executor() != null && !task.outstanding();
    }

    static void take(Turn turn, Case about, Command.Complete complete) {
        String id = about.requestId();
        TaskState task = about.task(complete.system())
                .orElseThrow()
                .answeredBy(complete.executor())
                .reporting(believable(about, complete));
        switch (complete.status()) {
            case DONE -> takeDone(turn, about, task, complete);
            case REFUSED -> takeRefused(turn, id, task, codeOf(complete));
            case FAILED -> Tasks.attemptFailed(turn, id, task, codeOf(complete), complete.retryable());
            case UNKNOWN -> throw new IllegalStateException("an unknown status was let through");
        }
    }

    /** Whatever becomes of the attempt, the audit is to tell what the executor says it has touched. */
    private static List<DatasetOutcome> believable(Case about, Command.Complete complete) {
        Set<String> planned = Approval.planOf(about)
                .system(complete.system())
                .map(system -> new HashSet<>(system.datasets()))
                .orElseGet(HashSet::new);
        return complete.outcomes().stream()
                .filter(outcome -> planned.remove(outcome.dataset()))
                .toList();
    }

    /**
     * Nothing but the granted datasets is believed, and each once; done is done only when all of them are accounted for
     * and nothing is left that should be gone.
     */
    private static void takeDone(Turn turn, Case about, TaskState task, Command.Complete complete) {
        String id = about.requestId();
        Action action = about.request().action();
        List<String> granted = Approval.grantedPlan(turn, about)
                .system(complete.system())
                .map(PlannedSystem::datasets)
                .orElse(List.of());
        List<String> reported =
                complete.outcomes().stream().map(DatasetOutcome::dataset).toList();
        if (!granted.containsAll(reported) || Set.copyOf(reported).size() != reported.size()) {
            Tasks.attemptFailed(turn, id, task, "UNPLANNED_REPORT", false);
        } else if (!complete.outcomes().stream()
                .allMatch(outcome ->
                        outcome.disposition().mayFollow(action) && isAsMapped(turn, about, complete, outcome))) {
            Tasks.attemptFailed(turn, id, task, "UNFIT_OUTCOME", false);
        } else if (!reported.containsAll(granted)) {
            Tasks.attemptFailed(turn, id, task, "INCOMPLETE_REPORT", false);
        } else if (!complete.outcomes().stream().allMatch(DatasetOutcome::holds)) {
            Tasks.attemptFailed(turn, id, task, "RESIDUAL_LEFT", true);
        } else {
            turn.change(id, task.ended(TaskStatus.DONE, null, complete.executor(), complete.finishedAt()));
        }
    }

    /**
     * What the data map retains is kept and nothing else is, and what it has erased is not merely anonymized: no
     * executor finds grounds of its own. Of an entry that has changed since the plan, nothing can be told.
     */
    private static boolean isAsMapped(Turn turn, Case about, Command.Complete complete, DatasetOutcome outcome) {
        Action action = about.request().action();
        SystemEntry entry = turn.world.map().find(complete.system());
        if (entry == null || !action.writes() || !isOfPlan(about, entry)) {
            return true;
        }
        return entry.datasets().stream()
                .filter(dataset -> dataset.name().equals(outcome.dataset()))
                .allMatch(dataset -> outcome.disposition().mayFollow(action, dataset.onDelete()));
    }

    private static boolean isOfPlan(Case about, SystemEntry entry) {
        return Approval.planOf(about).system(entry.system()).stream()
                .anyMatch(planned -> planned.mapVersion() == entry.version());
    }

    /** Executors name themselves, with or without a version. */
    private static boolean isParty(Case about, String executor) {
        String name = executor.split(" ", 2)[0];
        return name.equals(about.request().requester().id())
                || about.authority().approvals().stream()
                        .anyMatch(made ->
                                made.approver().equals(name) || made.approver().equals(executor));
    }

    /** What may be otherwise the next time is tried again, and what was frozen later; other refusals are final. */
    private static void takeRefused(Turn turn, String id, TaskState task, String code) {
        if (SAYS_NOTHING_OF_THE_TASK.matcher(code).matches()) {
            Tasks.attemptFailed(turn, id, task, code, true);
        } else if (code.equals(Standing.FROZEN)) {
            Freezing.refused(turn, id, task);
        } else {
            Tasks.end(turn, id, task, TaskStatus.REFUSED, code);
        }
    }

    private static boolean isOver(TaskState task, Command.Complete complete) {
        boolean timedOut = task.executor() == null && !task.outstanding();
        return timedOut && complete.attempt() == task.attempt();
    }

    private static String codeOf(Command.Complete complete) {
        return complete.code() != null && CODE.matcher(complete.code()).matches() ? complete.code() : "UNSPECIFIED";
    }
}
