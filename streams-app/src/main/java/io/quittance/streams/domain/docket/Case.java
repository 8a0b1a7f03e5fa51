package io.quittance.streams.domain.docket;

import io.quittance.streams.domain.clock.StatutoryClock;
import io.quittance.streams.domain.model.Instants;
import io.quittance.streams.domain.model.RequestState;
import io.quittance.streams.domain.model.Submission;
import io.quittance.streams.domain.model.TaskState;
import io.quittance.streams.domain.model.TaskStatus;
import io.quittance.streams.domain.policy.ApprovalAsk;
import io.quittance.streams.domain.policy.Escalation;
import io.quittance.streams.domain.policy.Judgement;
import io.quittance.streams.domain.policy.Rule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request and its whole progress.
 *
 * @param receivedAt when it reached the pipeline
 * @param duplicateOf the open request that already asks the same
 * @param review present once emergency access has been used
 * @param clock the time the law gives; null where it gives none
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
        @Nullable PendingReview review,
        @Nullable StatutoryClock clock,
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
        for (TaskState task : tasks) {
            if (task.system().equals(system)) {
                return Optional.of(task);
            }
        }
        return Optional.empty();
    }

    public boolean anyOutstanding() {
        return tasks.stream().anyMatch(TaskState::outstanding);
    }

    public boolean allTasks(TaskStatus status) {
        return tasks.stream().allMatch(task -> task.status() == status);
    }

    /** Whether some of its work waits for a freeze to end. */
    public boolean frozen() {
        return switch (state()) {
            case QUEUED -> standing.code().equals(Standing.FROZEN);
            case EXECUTING -> tasks.stream().anyMatch(TaskState::frozen);
            case NEW,
                    AWAITING_VERIFICATION,
                    AWAITING_APPROVAL,
                    AWAITING_REVIEW,
                    DENIED,
                    EXPIRED,
                    CANCELLED,
                    FULFILLED,
                    PARTIALLY_FULFILLED,
                    FAILED -> false;
        };
    }

    /** When this request next wants to be looked at without anything arriving; null if never. */
    public @Nullable Instant due() {
        Instant due = Instants.earlier(standing.deadline(), story.owedBy());
        due = Instants.earlier(due, nextNudge().orElse(null));
        due = Instants.earlier(due, overdueReview().orElse(null));
        due = Instants.earlier(due, nextClockAlarm().orElse(null));
        for (TaskState task : tasks) {
            due = Instants.earlier(due, task.due());
        }
        return due;
    }

    /** When the law wants the request answered; null where no such date is running. */
    public @Nullable Instant answerBy() {
        return clock == null ? null : clock.answerBy();
    }

    private Optional<Instant> nextClockAlarm() {
        return clock == null ? Optional.empty() : clock.nextAlarm();
    }

    /** When those who are asked are next to be reminded, or others to be asked. */
    public Optional<Instant> nextNudge() {
        return Optional.ofNullable(
                Instants.earlier(reminder().orElse(null), escalation().orElse(null)));
    }

    /** When those who are asked are to be reminded; empty if they have been, or will not be. */
    public Optional<Instant> reminder() {
        return authority.reminded()
                ? Optional.empty()
                : ask().map(ApprovalAsk::remindAfter).map(standing.since()::plus);
    }

    /** When others are to be asked; empty if they have been, or will not be. */
    public Optional<Instant> escalation() {
        return authority.escalated()
                ? Optional.empty()
                : ask().map(ApprovalAsk::escalation).map(Escalation::after).map(standing.since()::plus);
    }

    /** When people are to be told that the review is overdue; empty if they have been, or there is none. */
    public Optional<Instant> overdueReview() {
        return state() != RequestState.AWAITING_REVIEW || review == null || review.overdueTold()
                ? Optional.empty()
                : Optional.of(review.dueAt());
    }

    /** Whom the request is before; empty unless it is before somebody. */
    private Optional<ApprovalAsk> ask() {
        return state() != RequestState.AWAITING_APPROVAL
                ? Optional.empty()
                : Optional.ofNullable(authority.judgement())
                        .map(Judgement::rule)
                        .map(Rule::ask);
    }

    public Case with(Standing next) {
        return new Case(request, receivedAt, next, authority, tasks, duplicateOf, winding, review, clock, story);
    }

    public Case with(Authority next) {
        return new Case(request, receivedAt, standing, next, tasks, duplicateOf, winding, review, clock, story);
    }

    public Case with(Story next) {
        return new Case(request, receivedAt, standing, authority, tasks, duplicateOf, winding, review, clock, next);
    }

    public Case withTasks(List<TaskState> next) {
        return new Case(request, receivedAt, standing, authority, next, duplicateOf, winding, review, clock, story);
    }

    public Case with(TaskState next) {
        var changed = new ArrayList<>(tasks);
        changed.replaceAll(task -> task.system().equals(next.system()) ? next : task);
        return withTasks(changed);
    }

    public Case with(@Nullable Winding next) {
        return new Case(request, receivedAt, standing, authority, tasks, duplicateOf, next, review, clock, story);
    }

    public Case with(PendingReview next) {
        return new Case(request, receivedAt, standing, authority, tasks, duplicateOf, winding, next, clock, story);
    }

    public Case with(StatutoryClock next) {
        return new Case(request, receivedAt, standing, authority, tasks, duplicateOf, winding, review, next, story);
    }

    public Case duplicating(String other) {
        return new Case(request, receivedAt, standing, authority, tasks, other, winding, review, clock, story);
    }

    @Override
    public String toString() {
        return "Case[" + requestId() + " " + state() + "]";
    }
}
