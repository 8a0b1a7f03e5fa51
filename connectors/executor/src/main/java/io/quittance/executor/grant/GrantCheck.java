package io.quittance.executor.grant;

import io.quittance.executor.TaskFailure;
import io.quittance.schema.Grant;
import io.quittance.schema.Task;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** The check that stands before every effect: is this task permitted, here and now? Thread-safe. */
public final class GrantCheck {
    /** Code of a refusal that does not last: the pipeline sends the task again when the freeze is lifted. */
    public static final String FROZEN = "FROZEN";

    private static final Set<String> ENDED = Set.of("GRANT_EXPIRED", "REVOKED", "TASK_OVERDUE", FROZEN);

    private final String system;
    private final Duration clockSkew;
    private final Clock clock;
    private final Orders orders;
    private final Authenticity authenticity;

    /**
     * @param system the system this executor serves
     * @param clockSkew how far this machine's clock may be behind the pipeline's; widens the opening of the window only
     * @param authenticity whether the pipeline issued the task
     */
    public GrantCheck(String system, Duration clockSkew, Clock clock, Orders orders, Authenticity authenticity) {
        this.system = system;
        this.clockSkew = clockSkew;
        this.clock = clock;
        this.orders = orders;
        this.authenticity = authenticity;
    }

    /** Returns if the task is permitted now; otherwise throws a refusal that says why not. */
    public void ensurePermitted(Task task) throws TaskFailure, InterruptedException {
        authenticity.ensureGenuine(task);
        ensureAudience(task);
        ensureBinding(task);
        ensureWindow(task);
        orders.ensureNoneStops(task);
        // Reading orders takes time, and the window may have shut meanwhile.
        ensureWindow(task);
    }

    /** Whether a refusal says that permission has ended or rests, rather than that it was never given. */
    public static boolean isEnded(TaskFailure failure) {
        return ENDED.contains(failure.code());
    }

    private void ensureAudience(Task task) throws TaskFailure {
        if (!system.equals(task.getSystem())) {
            throw TaskFailure.refused(
                    "WRONG_AUDIENCE", "The task is for another system than the one this executor serves.");
        }
        if (!task.getGrant().getSystems().contains(system)) {
            throw TaskFailure.refused("WRONG_AUDIENCE", "The grant does not cover this system.");
        }
    }

    private static void ensureBinding(Task task) throws TaskFailure {
        Grant grant = task.getGrant();
        ensureSame("request", grant.getRequestId().equals(task.getRequestId()));
        ensureSame("subject", grant.getSubjectId().equals(task.getSubjectId()));
        ensureSame("action", grant.getAction() == task.getAction());
        // Receipts go by the task's name: under another one it would be answered with the evidence of another request.
        ensureSame("task", task.getTaskId().equals(task.getRequestId() + "/" + task.getSystem()));
    }

    private static void ensureSame(String what, boolean same) throws TaskFailure {
        if (!same) {
            throw TaskFailure.refused("GRANT_MISMATCH", "The grant was given for another " + what + ".");
        }
    }

    private void ensureWindow(Task task) throws TaskFailure {
        Grant grant = task.getGrant();
        Instant now = clock.instant();
        if (now.plus(clockSkew).isBefore(grant.getNotBefore())) {
            throw TaskFailure.refused("GRANT_NOT_YET_VALID", "The grant's window has not opened yet.");
        }
        if (!now.isBefore(grant.getNotAfter())) {
            throw TaskFailure.refused("GRANT_EXPIRED", "The grant's window has shut.");
        }
        if (!now.isBefore(task.getDeadline())) {
            throw TaskFailure.refused("TASK_OVERDUE", "The pipeline has stopped waiting for this attempt.");
        }
    }
}
