package io.quittance.streams.domain;

import static io.quittance.streams.domain.model.RequestState.EXPIRED;

import io.quittance.streams.domain.docket.Case;
import io.quittance.streams.domain.docket.Winding;
import io.quittance.streams.domain.model.DataMap.Readiness;
import io.quittance.streams.domain.model.Dataset;
import io.quittance.streams.domain.model.Grant;
import io.quittance.streams.domain.model.Plan;
import io.quittance.streams.domain.model.PlannedSystem;
import io.quittance.streams.domain.model.SystemEntry;
import io.quittance.streams.domain.model.TaskState;
import io.quittance.streams.domain.model.TaskStatus;
import io.quittance.streams.domain.plan.Planner;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Issuing attempts, and giving tasks up. */
final class Tasks {
    private static final Set<String> GRANT_ENDED = Set.of("GRANT_EXPIRED", "REVOKED");

    /** What cannot be undone was begun, and not ended. */
    private static final String PARTLY_DONE = "PARTLY_DONE";

    /** An executor's clock may be ahead of ours, and its grant have ended a little earlier. */
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(5);

    private Tasks() {}

    /** Does what the earliest unfinished stage needs; true if that finished it, so that there may be more to do. */
    static boolean stepOn(Turn turn, String id) {
        Optional<Integer> stage = openStage(turn.get(id));
        if (stage.isEmpty()) {
            return false;
        }
        if (failedBefore(turn.get(id), stage.get())) {
            giveUpUnstarted(turn, id, "PREDECESSOR_FAILED");
        } else {
            issueStage(turn, id, stage.get());
        }
        return Execution.isWorking(turn, id) && !openStage(turn.get(id)).equals(stage);
    }

    private static Optional<Integer> openStage(Case about) {
        return about.tasks().stream()
                .filter(task -> !task.status().terminal())
                .map(TaskState::stage)
                .min(Integer::compareTo);
    }

    /** Of what the present grant covers: what an earlier one left is another story. */
    private static boolean failedBefore(Case about, int stage) {
        List<String> granted = grantOf(about).systems();
        return about.tasks().stream()
                .filter(task -> granted.contains(task.system()))
                .anyMatch(task -> task.stage() < stage && task.status().terminal() && task.status() != TaskStatus.DONE);
    }

    /** Whether work that the present grant covers ended with it, or was cut short by its end. */
    static boolean endedWithGrant(Case about, Instant now) {
        Grant grant = grantOf(about);
        return about.tasks().stream()
                .filter(task -> grant.systems().contains(task.system()))
                .anyMatch(task -> GRANT_ENDED.contains(String.valueOf(task.code()))
                        || (PARTLY_DONE.equals(task.code())
                                && !now.plus(CLOCK_SKEW).isBefore(grant.notAfter())));
    }

    /** Issues whatever of the stage waits and is not put off. */
    private static void issueStage(Turn turn, String id, int stage) {
        List<TaskState> ready = turn.get(id).tasks().stream()
                .filter(task -> task.stage() == stage && isReady(task, turn.now))
                .toList();
        for (TaskState task : ready) {
            if (Execution.isWorking(turn, id)) {
                issue(turn, id, task);
            }
        }
    }

    /** Gives up on tasks that have no attempt out. */
    static void giveUpUnstarted(Turn turn, String id, String code) {
        for (TaskState task : turn.get(id).tasks()) {
            boolean started = task.attemptsUnderThisGrant() > 0;
            if (!task.status().terminal() && !task.outstanding()) {
                turn.change(
                        id,
                        started
                                ? task.ended(TaskStatus.FAILED, task.code(), task.executor(), turn.now)
                                : task.ended(TaskStatus.NOT_STARTED, code, null, turn.now));
            }
        }
    }

    /** An attempt has failed: another follows if that can still help, and otherwise the task is over. */
    static void attemptFailed(Turn turn, String id, TaskState task, String code, boolean retryable) {
        if (turn.get(id).winding() != null) {
            end(turn, id, task, TaskStatus.FAILED, code);
            return;
        }
        Grant grant = grantOf(turn.get(id));
        Instant next = turn.now.plus(turn.settings.retryDelay(task.attemptsThatCount()));
        int allowed = maxAttempts(turn, task.system());
        if (retryable && task.attemptsThatCount() >= allowed) {
            Retrying.exhausted(turn, id, task, code);
        } else if (!retryable) {
            end(turn, id, task, TaskStatus.FAILED, code);
            turn.notify(turn.get(id), "TASK_FAILED", task.system(), "A system could not do its part: " + code + ".");
        } else if (!next.isBefore(grant.notAfter())) {
            end(turn, id, task, TaskStatus.FAILED, "GRANT_EXPIRED");
        } else {
            turn.change(id, task.retryingAt(next, code));
        }
    }

    static void end(Turn turn, String id, TaskState task, TaskStatus status, String code) {
        turn.change(id, task.ended(status, code, task.executor(), turn.now));
    }

    static Grant grantOf(Case about) {
        return about.authority()
                .grant()
                .orElseThrow(() -> new IllegalStateException("a request executes without a grant"));
    }

    private static boolean isReady(TaskState task, Instant now) {
        return switch (task.status()) {
            case WAITING, RETRYING -> task.due() == null || !task.due().isAfter(now);
            case ISSUED, EXHAUSTED, DONE, REFUSED, FAILED, NOT_STARTED -> false;
        };
    }

    private static void issue(Turn turn, String id, TaskState task) {
        Case about = turn.get(id);
        Grant grant = grantOf(about);
        if (!turn.now.isBefore(grant.notAfter())) {
            end(turn, id, task, TaskStatus.FAILED, "GRANT_EXPIRED");
            return;
        }
        if (turn.now.isBefore(grant.notBefore())) {
            // The clock was set back after the release; executors would refuse what comes before the grant opens.
            turn.change(id, task.waitingUntil("GRANT_NOT_YET_VALID", grant.notBefore()));
            return;
        }
        if (Holding.keeps(turn, about, task.system())) {
            Stopping.stop(turn, id, new Winding(EXPIRED, "LEGAL_HOLD", Holding.SENTENCE), "pipeline");
            return;
        }
        if (Freezing.putsOff(turn, id, task, grant)) {
            return;
        }
        Optional<PlannedSystem> planned = Approval.planOf(about).system(task.system());
        Readiness readiness = planned.map(turn.world.map()::readiness).orElse(Readiness.CHANGED);
        switch (readiness) {
            case READY -> {
                if (Permits.isWanted(turn, about, task)) {
                    Permits.claim(turn, about, task, grant.notAfter());
                } else {
                    send(turn, id, task, grant);
                }
            }
            case UNREACHABLE -> putOff(turn, id, task, grant);
            case CHANGED -> Stopping.planChanged(turn, id);
        }
    }

    private static void send(Turn turn, String id, TaskState task, Grant grant) {
        SystemEntry entry = entryOf(turn, task.system());
        Instant patience = turn.now.plus(entry.taskTimeout());
        Instant lastAnswer = grant.notAfter().plus(turn.settings.grantGrace());
        TaskState issued = task.issued(turn.now, patience.isBefore(lastAnswer) ? patience : lastAnswer);
        turn.change(id, issued);
        Plan granted = Approval.grantedPlan(turn, turn.get(id));
        List<String> covered =
                granted.system(task.system()).map(PlannedSystem::datasets).orElse(List.of());
        List<Dataset> datasets = entry.datasets().stream()
                .filter(dataset -> covered.contains(dataset.name()))
                .toList();
        List<Dataset> spared = Planner.spared(entry, datasets);
        turn.effect(
                new Effect.IssueTask(turn.get(id), issued, grant, datasets, spared, granted.minimizations(), turn.now));
    }

    private static void putOff(Turn turn, String id, TaskState task, Grant grant) {
        Instant look = turn.now.plus(turn.settings.unreachableRecheck());
        boolean news = !"SYSTEM_UNREACHABLE".equals(task.code());
        turn.change(id, task.unreachableUntil(look.isBefore(grant.notAfter()) ? look : grant.notAfter()));
        if (news) {
            turn.note(
                    id,
                    "SYSTEM_UNREACHABLE",
                    "pipeline",
                    "The task topic or map entry of " + task.system() + " is missing.");
            turn.audit(id);
            turn.notify(turn.get(id), "SYSTEM_UNREACHABLE", task.system(), "Its task topic or map entry is missing.");
        }
    }

    private static SystemEntry entryOf(Turn turn, String system) {
        SystemEntry entry = turn.world.map().find(system);
        if (entry == null) {
            throw new IllegalStateException("a system was ready without an entry");
        }
        return entry;
    }

    private static int maxAttempts(Turn turn, String system) {
        SystemEntry entry = turn.world.map().find(system);
        return entry == null ? 1 : entry.maxAttempts();
    }
}
