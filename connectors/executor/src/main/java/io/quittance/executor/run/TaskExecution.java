package io.quittance.executor.run;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import io.quittance.executor.DataSystem;
import io.quittance.executor.Pseudonyms;
import io.quittance.executor.TaskFailure;
import io.quittance.executor.Transformations;
import io.quittance.executor.Work;
import io.quittance.executor.grant.GrantCheck;
import io.quittance.schema.Action;
import io.quittance.schema.Completion;
import io.quittance.schema.CompletionStatus;
import io.quittance.schema.Dataset;
import io.quittance.schema.DatasetOutcome;
import io.quittance.schema.Disposition;
import io.quittance.schema.Task;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Turns one task into its completion: checks, carries out, tries again where that may help. Thread-safe. */
public final class TaskExecution {
    /** Refusals of an attempt whose grant is still open: the pipeline sends the task again, and the work goes on. */
    private static final Set<String> SENT_AGAIN = Set.of(GrantCheck.FROZEN, "TASK_OVERDUE");

    private final DataSystem dataSystem;
    private final GrantCheck grantCheck;
    private final Pseudonyms pseudonyms;
    private final RetryPolicy<List<DatasetOutcome>> retries;
    private final int largestTask;
    private final String executor;
    private final Clock clock;

    /**
     * @param retries how often and how far apart; which failures are tried again is decided here
     * @param largestTask in bytes; a larger one is refused
     * @param executor name and version, for completions
     */
    public TaskExecution(
            DataSystem dataSystem,
            GrantCheck grantCheck,
            Pseudonyms pseudonyms,
            RetrySettings retries,
            int largestTask,
            String executor,
            Clock clock) {
        this.dataSystem = dataSystem;
        this.grantCheck = grantCheck;
        this.pseudonyms = pseudonyms;
        this.retries = retries.<List<DatasetOutcome>>policy()
                .handleIf(failure -> failure instanceof TaskFailure typed && typed.retryable())
                .build();
        this.largestTask = largestTask;
        this.executor = executor;
        this.clock = clock;
    }

    /**
     * Whether the pipeline sends a task again by itself after such a refusal, so that what it interrupted is worth
     * another attempt.
     */
    public static boolean isSentAgain(TaskFailure refusal) {
        return SENT_AGAIN.contains(refusal.code());
    }

    /** The task's completion, whatever happens; only a stopping executor has none. */
    public Completion carryOut(Task task, int bytes) throws InterruptedException {
        Instant startedAt = clock.instant();
        try {
            return done(task, startedAt, tried(task, bytes));
        } catch (TaskFailure failure) {
            return failed(task, startedAt, failure);
        }
    }

    private List<DatasetOutcome> tried(Task task, int bytes) throws TaskFailure, InterruptedException {
        try {
            return Failsafe.with(retries).get(() -> tryOnce(task, bytes));
        } catch (FailsafeException wrapped) {
            if (wrapped.getCause() instanceof TaskFailure failure) {
                return earlierOutcomes(task, failure);
            }
            if (wrapped.getCause() instanceof InterruptedException stopping) {
                throw stopping;
            }
            throw wrapped;
        }
    }

    private List<DatasetOutcome> tryOnce(Task task, int bytes) throws TaskFailure, InterruptedException {
        try {
            ensureSize(bytes);
            grantCheck.ensurePermitted(task);
            Work work = new Work(
                    task,
                    () -> grantCheck.ensurePermitted(task),
                    new Transformations(task.getMinimizations(), pseudonyms));
            ensureUnderstood(work);
            return dataSystem.execute(work);
        } catch (RuntimeException unexpected) {
            throw unexpected(unexpected);
        }
    }

    /**
     * A grant that has ended since does not undo what was done under it: a redelivery then answers with what the
     * system's receipts say.
     */
    private List<DatasetOutcome> earlierOutcomes(Task task, TaskFailure failure)
            throws TaskFailure, InterruptedException {
        if (!GrantCheck.isEnded(failure)) {
            throw failure;
        }
        List<DatasetOutcome> earlier = evidence(task, failure);
        if (earlier.isEmpty()) {
            throw failure;
        }
        return earlier;
    }

    private List<DatasetOutcome> evidence(Task task, TaskFailure refusal) throws TaskFailure, InterruptedException {
        try {
            return dataSystem.earlierOutcomes(task);
        } catch (TaskFailure partly) {
            throw isSentAgain(refusal) ? TaskFailure.retryable(partly.code(), partly.detail()) : partly;
        } catch (RuntimeException unexpected) {
            throw unexpected(unexpected);
        }
    }

    /** The class only: messages of drivers quote values. */
    private static TaskFailure unexpected(RuntimeException failure) {
        return TaskFailure.retryable(
                "UNEXPECTED",
                "Something unforeseen went wrong: " + failure.getClass().getName() + ".");
    }

    private void ensureSize(int bytes) throws TaskFailure {
        if (bytes > largestTask) {
            throw TaskFailure.refused(
                    "TASK_TOO_LARGE", "The task has " + bytes + " bytes; this executor takes " + largestTask + ".");
        }
    }

    private static void ensureUnderstood(Work work) throws TaskFailure {
        if (work.task().getAction() == Action.UNKNOWN) {
            throw TaskFailure.refused("UNKNOWN_ACTION", "This executor does not know the task's action.");
        }
        if (work.task().getDatasets().isEmpty()) {
            throw TaskFailure.refused("UNMAPPED", "The task names no dataset of this system.");
        }
        for (Dataset dataset : work.task().getDatasets()) {
            work.identifier(dataset);
        }
    }

    private Completion done(Task task, Instant startedAt, List<DatasetOutcome> outcomes) {
        boolean complete = outcomes.stream().noneMatch(outcome -> outcome.getDisposition() == Disposition.FAILED);
        Completion.Builder completion = completion(task, startedAt).setDatasets(outcomes);
        if (complete) {
            return completion.setStatus(CompletionStatus.DONE).build();
        }
        return completion
                .setStatus(CompletionStatus.FAILED)
                .setRetryable(true)
                .setCode("RESIDUAL_FOUND")
                .setDetail("Looking again found the subject in a dataset where nothing should be left.")
                .build();
    }

    private Completion failed(Task task, Instant startedAt, TaskFailure failure) {
        return completion(task, startedAt)
                .setStatus(
                        failure.kind() == TaskFailure.Kind.REFUSED ? CompletionStatus.REFUSED : CompletionStatus.FAILED)
                .setRetryable(failure.retryable())
                .setCode(failure.code())
                .setDetail(failure.detail())
                .setDatasets(List.of())
                .build();
    }

    private Completion.Builder completion(Task task, Instant startedAt) {
        return Completion.newBuilder()
                .setTaskId(task.getTaskId())
                .setRequestId(task.getRequestId())
                .setSubjectId(task.getSubjectId())
                .setSystem(task.getSystem())
                .setAttempt(task.getAttempt())
                .setGrantId(task.getGrant().getGrantId())
                .setExecutor(executor)
                .setStartedAt(startedAt)
                .setFinishedAt(clock.instant());
    }
}
