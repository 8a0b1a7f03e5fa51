package io.quittance.streams.state;

import io.quittance.streams.codec.RowHeader;
import io.quittance.streams.domain.model.RequestState;

/** What can be seen of one task's dockets from outside; safe to read from any thread. */
public final class DocketGauges {
    private final TimerIndex timers;
    private final OpenRequests open;
    private final FrozenIndex frozen;

    DocketGauges(TimerIndex timers, OpenRequests open, FrozenIndex frozen) {
        this.timers = timers;
        this.open = open;
        this.frozen = frozen;
    }

    public int open(RequestState state) {
        return open.count(state);
    }

    /** Open requests that people were told are soon to be answered. */
    public int deadlineNear() {
        return open.deadlineNear();
    }

    /** Open requests that people were told were not answered in the time the law gives. */
    public int deadlineMissed() {
        return open.deadlineMissed();
    }

    /** When the longest open request was received, epoch milliseconds; {@link RowHeader#NEVER} if none is open. */
    public long oldestOpen() {
        return open.oldest();
    }

    /** Subjects with work that waits for a freeze to end. */
    public int frozen() {
        return frozen.size();
    }

    public int timers() {
        return timers.size();
    }

    /** @param now epoch milliseconds */
    public int timersOverdue(long now) {
        return timers.overdue(now);
    }
}
