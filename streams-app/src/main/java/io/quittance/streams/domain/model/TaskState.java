package io.quittance.streams.domain.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request's work in one system.
 *
 * @param attempt attempts issued so far, over all grants; 0 before the first
 * @param attemptsBefore attempts issued under earlier grants; the present one allows a fresh number
 * @param code why it stands as it does, where there is something to say
 * @param due when this task wants to be looked at again: the attempt's deadline, the next attempt, or the next look at
 *     a system that could not be reached
 */
public record TaskState(
        String system,
        int stage,
        int attempt,
        int attemptsBefore,
        TaskStatus status,
        @Nullable String code,
        @Nullable String executor,
        List<DatasetOutcome> outcomes,
        @Nullable Instant firstIssuedAt,
        @Nullable Instant finishedAt,
        @Nullable Instant due) {
    public TaskState {
        outcomes = List.copyOf(outcomes);
    }

    public static TaskState waiting(String system, int stage) {
        return new TaskState(system, stage, 0, 0, TaskStatus.WAITING, null, null, List.of(), null, null, null);
    }

    /** The same work under a new grant. Attempts go on counting, so that an old one is recognised as old. */
    public TaskState again(int nextStage) {
        return new TaskState(
                system,
                nextStage,
                attempt,
                attempt,
                TaskStatus.WAITING,
                null,
                null,
                List.of(),
                firstIssuedAt,
                null,
                null);
    }

    public int attemptsUnderThisGrant() {
        return attempt - attemptsBefore;
    }

    public TaskState issued(Instant now, Instant deadline) {
        Instant first = firstIssuedAt == null ? now : firstIssuedAt;
        return new TaskState(
                system,
                stage,
                attempt + 1,
                attemptsBefore,
                TaskStatus.ISSUED,
                null,
                null,
                List.of(),
                first,
                null,
                deadline);
    }

    public TaskState retryingAt(Instant next, String why) {
        return new TaskState(
                system,
                stage,
                attempt,
                attemptsBefore,
                TaskStatus.RETRYING,
                why,
                executor,
                List.of(),
                firstIssuedAt,
                null,
                next);
    }

    public TaskState unreachableUntil(Instant nextLook) {
        return new TaskState(
                system,
                stage,
                attempt,
                attemptsBefore,
                TaskStatus.WAITING,
                "SYSTEM_UNREACHABLE",
                executor,
                List.of(),
                firstIssuedAt,
                null,
                nextLook);
    }

    public TaskState ended(
            TaskStatus terminal, @Nullable String why, @Nullable String by, List<DatasetOutcome> found, Instant at) {
        return new TaskState(system, stage, attempt, attemptsBefore, terminal, why, by, found, firstIssuedAt, at, null);
    }

    public TaskState answeredBy(String who) {
        return new TaskState(
                system, stage, attempt, attemptsBefore, status, code, who, outcomes, firstIssuedAt, finishedAt, due);
    }

    public boolean outstanding() {
        return status == TaskStatus.ISSUED;
    }
}
