package io.quittance.streams.domain.docket;

import io.quittance.streams.domain.model.RequestState;
import io.quittance.streams.domain.model.Submission;
import io.quittance.streams.domain.model.TaskState;
import io.quittance.streams.domain.model.TaskStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One request and its whole progress.
 *
 * @param receivedAt when it reached the pipeline
 * @param duplicateOf the open request that already asks the same
 * @param winding present while an executing request is being stopped
 */
public record Case(
        Submission request,
        Instant receivedAt,
        Standing standing,
        Authority authority,
        List<TaskState> tasks,
        @Nullable String duplicateOf,
        @Nullable Winding winding,
        Story story) {
    public Case {
        tasks = List.copyOf(tasks);
    }

    public String requestId() {
        return request.requestId();
    }

    public RequestState state() {
        return standing.state();
    }

    public Optional<TaskState> task(String system) {
        return tasks.stream().filter(task -> task.system().equals(system)).findFirst();
    }

    public boolean anyOutstanding() {
        return tasks.stream().anyMatch(TaskState::outstanding);
    }

    public boolean allTasks(TaskStatus status) {
        return tasks.stream().allMatch(task -> task.status() == status);
    }

    /** When this request next wants to be looked at without anything arriving; null if never. */
    public @Nullable Instant due() {
        Stream<Instant> taskDues =
                tasks.stream().filter(task -> task.due() != null).map(TaskState::due);
        return Stream.concat(Stream.ofNullable(standing.deadline()), taskDues)
                .min(Instant::compareTo)
                .orElse(null);
    }

    public Case with(Standing next) {
        return new Case(request, receivedAt, next, authority, tasks, duplicateOf, winding, story);
    }

    public Case with(Authority next) {
        return new Case(request, receivedAt, standing, next, tasks, duplicateOf, winding, story);
    }

    public Case with(Story next) {
        return new Case(request, receivedAt, standing, authority, tasks, duplicateOf, winding, next);
    }

    public Case withTasks(List<TaskState> next) {
        return new Case(request, receivedAt, standing, authority, next, duplicateOf, winding, story);
    }

    public Case with(TaskState next) {
        return withTasks(tasks.stream()
                .map(task -> task.system().equals(next.system()) ? next : task)
                .toList());
    }

    public Case with(@Nullable Winding next) {
        return new Case(request, receivedAt, standing, authority, tasks, duplicateOf, next, story);
    }

    public Case duplicating(String other) {
        return new Case(request, receivedAt, standing, authority, tasks, other, winding, story);
    }

    @Override
    public String toString() {
        return "Case[" + requestId() + " " + state() + "]";
    }
}
