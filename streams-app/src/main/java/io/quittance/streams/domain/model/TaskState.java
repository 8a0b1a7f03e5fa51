package io.quittance.streams.domain.model;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request's work in one system.
 *
 * @param attempt attempts issued so far, over all grants; 0 before the first
 * @param attemptsBefore attempts issued under earlier grants, or never begun; the present grant allows a fresh number
 * @param code why it stands as it does, where there is something to say
 * @param outcomes what an executor reported last, whether or not that made the task done
 * @param due when this task wants to be looked at again: the attempt's deadline, the next attempt, or the next look at
 *     a system that could not be reached
 * @param claims claims made so far under limits, over all attempts; no number is used twice
 * @param claiming whether the last of them is wanted still: the task waits for its permit, or is out under it. Whatever
 *     else becomes of the task, it is not
 * @param forgiven attempts under this grant that no longer count, because a person ordered more
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
        @Nullable Instant due,
        int claims,
        boolean claiming,
        int forgiven) {
    /** It waits for the permit of a limit. */
    public static final String LIMIT = "LIMIT";
    /** It stands still by order. */
    public static final String FROZEN = "FROZEN";

    public TaskState {
        outcomes = List.copyOf(outcomes);
    }

    /** A task that no limit has been on. */
    public TaskState(
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
        this(
                system,
                stage,
                attempt,
                attemptsBefore,
                status,
                code,
                executor,
                outcomes,
                firstIssuedAt,
                finishedAt,
                due,
                0,
                false,
                0);
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
                outcomes,
                firstIssuedAt,
                null,
                null,
                claims,
                false,
                0);
    }

    public int attemptsUnderThisGrant() {
        return attempt - attemptsBefore;
    }

    /** Attempts that are left to count against the most there may be. */
    public int attemptsThatCount() {
        return attemptsUnderThisGrant() - forgiven;
    }

    /** The executor did not begin the attempt that was out, so that it does not count. */
    public TaskState neverBegun() {
        return new TaskState(
                system,
                stage,
                attempt,
                attemptsBefore + 1,
                status,
                code,
                executor,
                outcomes,
                firstIssuedAt,
                finishedAt,
                due,
                claims,
                claiming,
                forgiven);
    }

    /** All attempts have failed; a person can order more until then. */
    public TaskState exhaustedUntil(Instant end, String why) {
        return new TaskState(
                system,
                stage,
                attempt,
                attemptsBefore,
                TaskStatus.EXHAUSTED,
                why,
                executor,
                outcomes,
                firstIssuedAt,
                null,
                end,
                claims,
                false,
                forgiven);
    }

    /** A person wants it tried again: what has failed so far no longer counts. */
    public TaskState orderedAgain() {
        return new TaskState(
                system,
                stage,
                attempt,
                attemptsBefore,
                TaskStatus.WAITING,
                code,
                executor,
                outcomes,
                firstIssuedAt,
                null,
                null,
                claims,
                false,
                attemptsUnderThisGrant());
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
                outcomes,
                first,
                null,
                deadline,
                claims,
                claiming,
                forgiven);
    }

    /** Its next attempt asks for a permit; if none has come by then, it is looked at again. */
    public TaskState claimingUntil(Instant nextLook) {
        return waitingFor(LIMIT, nextLook, claims + 1, true);
    }

    /** Its permit has come: it may be looked at now. */
    public TaskState permittedAt(Instant now) {
        return waitingFor(LIMIT, now, claims, claiming);
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
                outcomes,
                firstIssuedAt,
                null,
                next,
                claims,
                false,
                forgiven);
    }

    public TaskState unreachableUntil(Instant nextLook) {
        return waitingUntil("SYSTEM_UNREACHABLE", nextLook);
    }

    /** It waits for something else than a permit. */
    public TaskState waitingUntil(@Nullable String why, @Nullable Instant nextLook) {
        return waitingFor(why, nextLook, claims, false);
    }

    public TaskState ended(TaskStatus terminal, @Nullable String why, @Nullable String by, Instant at) {
        return new TaskState(
                system,
                stage,
                attempt,
                attemptsBefore,
                terminal,
                why,
                by,
                outcomes,
                firstIssuedAt,
                at,
                null,
                claims,
                false,
                forgiven);
    }

    public TaskState answeredBy(String who) {
        return new TaskState(
                system,
                stage,
                attempt,
                attemptsBefore,
                status,
                code,
                who,
                outcomes,
                firstIssuedAt,
                finishedAt,
                due,
                claims,
                claiming,
                forgiven);
    }

    /**
     * What was reported last, with the effects that were reported before: under a new plan executors look anew, and
     * find nothing of what they have erased.
     */
    public TaskState reporting(List<DatasetOutcome> found) {
        return new TaskState(
                system,
                stage,
                attempt,
                attemptsBefore,
                status,
                code,
                executor,
                withEarlierEffects(found),
                firstIssuedAt,
                finishedAt,
                due,
                claims,
                claiming,
                forgiven);
    }

    private List<DatasetOutcome> withEarlierEffects(List<DatasetOutcome> found) {
        Map<String, DatasetOutcome> told = new LinkedHashMap<>();
        found.forEach(later -> told.put(later.dataset(), later));
        outcomes.stream()
                .filter(earlier -> earlier.hasEffect() || found.isEmpty())
                .forEach(earlier -> told.merge(earlier.dataset(), earlier, DatasetOutcome::over));
        return List.copyOf(told.values());
    }

    /** Whether an executor has said that it touched anything. */
    public boolean touched() {
        return outcomes.stream().anyMatch(outcome -> outcome.affected() > 0);
    }

    /** Whether of some dataset more is said to have been touched than is known. */
    public boolean tellsLessThan(List<DatasetOutcome> said) {
        return said.stream().anyMatch(outcome -> outcome.affected() > affected(outcome.dataset()));
    }

    private long affected(String dataset) {
        return outcomes.stream()
                .filter(told -> told.dataset().equals(dataset))
                .mapToLong(DatasetOutcome::affected)
                .max()
                .orElse(0);
    }

    /** Whether a document was written for the person. */
    public boolean hasDocument() {
        return outcomes.stream().anyMatch(outcome -> outcome.document() != null);
    }

    public boolean outstanding() {
        return status == TaskStatus.ISSUED;
    }

    /** Whether it waits for a freeze to end. */
    public boolean frozen() {
        return status == TaskStatus.WAITING && FROZEN.equals(code);
    }

    /** The attempt that is out, or the next one. */
    public int presentAttempt() {
        return outstanding() ? attempt : attempt + 1;
    }

    private TaskState waitingFor(@Nullable String why, @Nullable Instant nextLook, int claimed, boolean wanted) {
        return new TaskState(
                system,
                stage,
                attempt,
                attemptsBefore,
                TaskStatus.WAITING,
                why,
                executor,
                outcomes,
                firstIssuedAt,
                null,
                nextLook,
                claimed,
                wanted,
                forgiven);
    }
}
