package io.quittance.streams.domain;

import static io.quittance.streams.domain.Trigger.PLAN_CHANGED;
import static io.quittance.streams.domain.Trigger.RELEASED;
import static io.quittance.streams.domain.Trigger.TASKS_ENDED;
import static io.quittance.streams.domain.model.RequestState.EXECUTING;
import static io.quittance.streams.domain.model.RequestState.EXPIRED;
import static io.quittance.streams.domain.model.RequestState.FAILED;
import static io.quittance.streams.domain.model.RequestState.FULFILLED;
import static io.quittance.streams.domain.model.RequestState.PARTIALLY_FULFILLED;
import static io.quittance.streams.domain.model.RequestState.QUEUED;

import io.quittance.streams.domain.docket.Case;
import io.quittance.streams.domain.docket.Standing;
import io.quittance.streams.domain.model.DataMap.Readiness;
import io.quittance.streams.domain.model.DecisionMade;
import io.quittance.streams.domain.model.Grant;
import io.quittance.streams.domain.model.Plan;
import io.quittance.streams.domain.model.PlannedSystem;
import io.quittance.streams.domain.model.TaskState;
import io.quittance.streams.domain.model.TaskStatus;
import io.quittance.streams.domain.policy.OnGrantEnd;
import io.quittance.streams.domain.policy.Rule;
import io.quittance.streams.domain.policy.RuleOutcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** From the queue to the end of the work: release under a grant, stage after stage, and what the answers come to. */
final class Execution {
    private static final String PIPELINE = "pipeline";

    /** How often a request is asked about: one that nobody ever carries out must end. */
    private static final int MOST_ROUNDS = 20;

    private Execution() {}

    /** Releases every queued request that nothing holds back, in the order they were submitted. */
    static void releaseQueued(Turn turn) {
        List<String> queued = turn.docket().open().stream()
                .filter(one -> one.state() == QUEUED)
                .map(Case::requestId)
                .toList();
        queued.forEach(id -> releaseOrWait(turn, id));
    }

    private static void releaseOrWait(Turn turn, String id) {
        Optional<Standing> obstacle = Obstacles.of(turn, turn.get(id));
        if (obstacle.isPresent()) {
            waitFor(turn, id, obstacle.get());
        } else {
            release(turn, id);
        }
    }

    static void complete(Turn turn, Command.Complete complete) {
        Optional<Case> found = turn.docket().find(complete.requestId());
        if (found.isEmpty()) {
            Completions.afterTheEnd(turn, complete);
            return;
        }
        Case about = found.get();
        Optional<Refusal> refused = Completions.refusal(about, complete);
        if (refused.isPresent()) {
            Completions.refuse(turn, about, complete, refused.get());
        } else if (Completions.isRepeat(about, complete)) {
            turn.repeated();
        } else {
            Completions.take(turn, about, complete);
            advance(turn, about.requestId());
        }
    }

    /** Sends out what may go out now, and ends the request when nothing is left to wait for. */
    static void advance(Turn turn, String id) {
        Case about = turn.get(id);
        if (about.winding() != null) {
            if (!about.anyOutstanding()) {
                Stopping.wound(turn, id, about.winding());
            }
            return;
        }
        while (isWorking(turn, id) && Tasks.stepOn(turn, id)) {
            // a stage may end without an answer, when its grant shuts before it goes out; then the next is looked at
        }
        if (isWorking(turn, id) && allEnded(turn.get(id))) {
            conclude(turn, id);
        }
    }

    /** Whether the request executes and is not being stopped; sending a task out may find that it has to be. */
    static boolean isWorking(Turn turn, String id) {
        return turn.isOpen(id)
                && turn.get(id).state() == EXECUTING
                && turn.get(id).winding() == null;
    }

    /** Goes back to the approvers for what is left, where the rule says so and there is somebody to ask. */
    static void askAgainOrExpire(Turn turn, String id, Trigger trigger, String code, String reason, String actor) {
        Rule rule = Intake.pinnedRule(turn.get(id));
        boolean again = rule.onGrantEnd() == OnGrantEnd.ASK_AGAIN
                && rule.outcome() == RuleOutcome.ASK
                && turn.get(id).authority().round() < MOST_ROUNDS;
        if (again && Intake.replan(turn, id)) {
            turn.note(id, code, actor, reason);
            Approval.ask(turn, id, trigger);
        } else {
            turn.move(id, trigger, EXPIRED, code, reason, actor);
        }
    }

    private static void waitFor(Turn turn, String id, Standing obstacle) {
        Standing before = turn.get(id).standing();
        boolean news =
                !before.code().equals(obstacle.code()) || !Objects.equals(before.deadline(), obstacle.deadline());
        if (news) {
            turn.record(new Event.Waits(id, obstacle));
            turn.note(id, obstacle.code(), PIPELINE, obstacle.reason());
            turn.audit(id);
        }
    }

    private static void release(Turn turn, String id) {
        Case about = turn.get(id);
        if (Intake.proofHasExpired(turn, about)) {
            Intake.wantProofAgain(turn, id);
            return;
        }
        boolean changed = Approval.planOf(about).systems().stream()
                .anyMatch(planned -> turn.world.map().readiness(planned) == Readiness.CHANGED);
        Plan approved = Approval.approvedPlan(turn, about);
        // An approval may have been for less while an entry was missing, and only now it shows that this is nothing.
        if (changed || approved.systems().isEmpty()) {
            planAnew(turn, id);
        } else {
            grant(turn, about, approved);
            advance(turn, id);
        }
    }

    /** What was approved is no longer what would be done: nothing runs that nobody has seen. */
    private static void planAnew(Turn turn, String id) {
        if (!Intake.plan(turn, id, PLAN_CHANGED)) {
            return;
        }
        if (Intake.pinnedRule(turn.get(id)).outcome() == RuleOutcome.ASK) {
            turn.note(id, "PLAN_CHANGED", PIPELINE, "The data map has changed since the plan was approved.");
            Approval.ask(turn, id, PLAN_CHANGED);
        } else {
            turn.move(id, PLAN_CHANGED, QUEUED, "PLAN_CHANGED", "The plan follows the new data map.", PIPELINE);
            releaseOrWait(turn, id);
        }
    }

    private static void grant(Turn turn, Case about, Plan approved) {
        String id = about.requestId();
        turn.change(id, about.authority().with(grantFor(turn, about, approved)));
        turn.record(new Event.TasksPlanned(id, tasksFor(about, approved)));
        turn.move(id, RELEASED, EXECUTING, "RELEASED", "The grant is open and the work goes out.", PIPELINE);
    }

    private static Grant grantFor(Turn turn, Case about, Plan approved) {
        List<String> approvers = about.authority().approvals().stream()
                .map(DecisionMade::approver)
                .toList();
        return new Grant(
                about.requestId() + "#" + (about.authority().grants().size() + 1),
                List.copyOf(approved.systemNames()),
                limitsCategories(about) ? someOf(approved.categories()) : List.of(),
                turn.now,
                turn.now.plus(approved.window()),
                Optional.ofNullable(about.authority().planHash()).orElse(""),
                approvers);
    }

    /** To an executor no categories are all categories. */
    private static List<String> someOf(Collection<String> categories) {
        if (categories.isEmpty()) {
            throw new IllegalStateException("a grant for no category would be one for all");
        }
        return List.copyOf(categories);
    }

    private static boolean limitsCategories(Case about) {
        return !about.request().scope().categories().isEmpty()
                || about.authority().approvals().stream()
                        .anyMatch(made -> !made.narrowing().categories().isEmpty());
    }

    private static List<TaskState> tasksFor(Case about, Plan approved) {
        var tasks = new ArrayList<TaskState>();
        about.tasks().stream()
                .filter(task -> approved.system(task.system()).isEmpty())
                .forEach(tasks::add);
        for (PlannedSystem planned : approved.systems()) {
            tasks.add(about.task(planned.system())
                    .map(task -> task.again(planned.stage()))
                    .orElseGet(() -> TaskState.waiting(planned.system(), planned.stage())));
        }
        return tasks;
    }

    private static boolean allEnded(Case about) {
        return about.tasks().stream().allMatch(task -> task.status().terminal());
    }

    private static void conclude(Turn turn, String id) {
        Case about = turn.get(id);
        boolean any = about.tasks().stream().anyMatch(task -> task.status() == TaskStatus.DONE);
        if (about.allTasks(TaskStatus.DONE)) {
            turn.move(id, TASKS_ENDED, FULFILLED, "FULFILLED", "Every system has done its part.", PIPELINE);
        } else if (Tasks.endedWithGrant(about, turn.now)) {
            askAgainOrExpire(
                    turn, id, TASKS_ENDED, "GRANT_EXPIRED", "The grant shut before the work was done.", PIPELINE);
        } else if (any) {
            turn.move(
                    id,
                    TASKS_ENDED,
                    PARTIALLY_FULFILLED,
                    "PARTIALLY_FULFILLED",
                    "Some systems have done their part, others could not.",
                    PIPELINE);
        } else {
            turn.move(id, TASKS_ENDED, FAILED, "FAILED", "No system has done all of its part.", PIPELINE);
        }
    }
}
