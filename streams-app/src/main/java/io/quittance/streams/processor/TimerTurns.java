package io.quittance.streams.processor;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Shares a thread between what time brings about and what records bring about: timers get at most half of it, so that a
 * hundred thousand deadlines in the same second slow nobody's request down by more than a slice. The tasks of a thread
 * take turns. One for each thread, and used by that thread alone.
 */
final class TimerTurns {
    private static final ThreadLocal<TimerTurns> OF_THREAD = ThreadLocal.withInitial(TimerTurns::new);

    private final Set<Object> waiting = new LinkedHashSet<>();
    private Instant restUntil = Instant.MIN;

    static TimerTurns ofThisThread() {
        return OF_THREAD.get();
    }

    /**
     * Whether the task may look at its timers now; if not, it is in line.
     *
     * @param longest that a turn takes; a rest that is much longer is none: somebody set the clock back
     */
    boolean mayBegin(Object task, Instant now, Duration longest) {
        boolean rests = now.isBefore(restUntil) && !restUntil.isAfter(now.plus(longest.multipliedBy(4)));
        boolean othersFirst = !waiting.isEmpty() && waiting.iterator().next() != task;
        if (rests || othersFirst) {
            waiting.add(task);
            return false;
        }
        waiting.remove(task);
        return true;
    }

    /** Records get as long as the turn took. */
    void ended(Instant began, Instant now) {
        restUntil = now.plus(Duration.between(began, now));
    }

    /** A task of this thread is closed: the line forms anew, without it and without a rest. */
    static void beginAnew() {
        OF_THREAD.remove();
    }

    /** The task has nothing due: nobody waits for it. */
    void leave(Object task) {
        waiting.remove(task);
    }
}
