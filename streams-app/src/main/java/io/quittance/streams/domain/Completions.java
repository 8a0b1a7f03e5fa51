package io.quittance.streams.domain;

import io.quittance.streams.domain.docket.Case;
import io.quittance.streams.domain.docket.ClosedMarker;
import io.quittance.streams.domain.docket.Standing;
import io.quittance.streams.domain.model.Action;
import io.quittance.streams.domain.model.DatasetOutcome;
import io.quittance.streams.domain.model.Disposal;
import io.quittance.streams.domain.model.Disposition;
import io.quittance.streams.domain.model.PlannedSystem;
import io.quittance.streams.domain.model.SystemEntry;
import io.quittance.streams.domain.model.TaskState;
import io.quittance.streams.domain.model.TaskStatus;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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

    private Completions() {}

    /**
     * After the request has closed: a repeat of an answer that counted is nothing new, anything else people must see.
     */
    static void afterTheEnd(Turn turn, Command.Complete complete) {
        Optional<ClosedMarker> marker = turn.docket().findClosed(complete.requestId());
        String answer = complete.system() + "#" + complete.attempt();
        if (marker.isPresent() && marker.get().answered().contains(answer)) {
            turn.repeated();
        } else {
            turn.deadLetter(marker.isPresent() ? Refusal.REQUEST_CLOSED : Refusal.UNKNOWN_REQUEST);
        }
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
        return granted ? Optional.empty() : Optional.of(Refusal.GRANT_MISMATCH);
    }

    /** The attempt has been answered already, by this same answer. */
    static boolean isRepeat(Case about, Command.Complete complete) {
        return about.task(complete.system())
                .filter(task -> task.executor() != null && !task.outstanding())
                .isPresent();
    }

    static void take(Turn turn, Case about, Command.Complete complete) {
        String id = about.requestId();
        TaskState task = about.task(complete.system()).orElseThrow().answeredBy(complete.executor());
        switch (complete.status()) {
            case DONE -> takeDone(turn, about, task, complete);
            case REFUSED -> takeRefused(turn, id, task, codeOf(complete));
            case FAILED -> Tasks.attemptFailed(turn, id, task, codeOf(complete), complete.retryable());
            case UNKNOWN -> throw new IllegalStateException("an unknown status was let through");
        }
    }

    /** Done is done only when every dataset of the plan is accounted for and nothing is left that should be gone. */
    private static void takeDone(Turn turn, Case about, TaskState task, Command.Complete complete) {
        String id = about.requestId();
        Action action = about.request().action();
        if (reportsTwiceOrBeyond(about, complete)) {
            Tasks.attemptFailed(turn, id, task, "UNPLANNED_REPORT", false);
        } else if (!complete.outcomes().stream()
                .allMatch(outcome ->
                        outcome.disposition().mayFollow(action) && mayBe(outcome, turn, complete.system()))) {
            Tasks.attemptFailed(turn, id, task, "UNFIT_OUTCOME", false);
        } else if (!everyDatasetReported(turn, about, complete)) {
            Tasks.attemptFailed(turn, id, task, "INCOMPLETE_REPORT", false);
        } else if (!complete.outcomes().stream().allMatch(DatasetOutcome::holds)) {
            Tasks.attemptFailed(turn, id, task, "RESIDUAL_LEFT", true);
        } else {
            turn.change(
                    id,
                    task.ended(TaskStatus.DONE, null, complete.executor(), complete.outcomes(), complete.finishedAt()));
        }
    }

    /** Only what the data map retains may be kept; no executor finds grounds of its own. */
    private static boolean mayBe(DatasetOutcome outcome, Turn turn, String system) {
        SystemEntry entry = turn.world.map().find(system);
        return outcome.disposition() != Disposition.RETAINED
                || entry == null
                || entry.datasets().stream()
                        .filter(dataset -> dataset.name().equals(outcome.dataset()))
                        .allMatch(dataset -> dataset.onDelete() == Disposal.RETAIN);
    }

    private static boolean everyDatasetReported(Turn turn, Case about, Command.Complete complete) {
        Set<String> reported =
                complete.outcomes().stream().map(DatasetOutcome::dataset).collect(Collectors.toSet());
        List<String> planned = Approval.grantedPlan(turn, about)
                .system(complete.system())
                .map(PlannedSystem::datasets)
                .orElse(List.of());
        return reported.containsAll(planned);
    }

    /** Executors name themselves, with or without a version. */
    private static boolean isParty(Case about, String executor) {
        String name = executor.split(" ", 2)[0];
        return name.equals(about.request().requester().id())
                || about.authority().approvals().stream()
                        .anyMatch(made ->
                                made.approver().equals(name) || made.approver().equals(executor));
    }

    /** Nothing but the planned datasets is believed, and each once. */
    private static boolean reportsTwiceOrBeyond(Case about, Command.Complete complete) {
        List<String> planned = Approval.planOf(about)
                .system(complete.system())
                .map(PlannedSystem::datasets)
                .orElse(List.of());
        List<String> reported =
                complete.outcomes().stream().map(DatasetOutcome::dataset).toList();
        return !planned.containsAll(reported) || Set.copyOf(reported).size() != reported.size();
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
