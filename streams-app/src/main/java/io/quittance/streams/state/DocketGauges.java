package io.quittance.streams.state;

import io.quittance.streams.codec.RowHeader;
import io.quittance.streams.domain.model.RequestState;

/** What can be seen of one task's dockets from outside; safe to read from any thread. */
public final class DocketGauges {
    private final TimerIndex timers;
    private final OpenRequests open;

    DocketGauges(TimerIndex timers, OpenRequests open) {
        this.timers = timers;
        this.open = open;
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

    public int timers() {
        return timers.size();
    }

    /** @param now epoch milliseconds */
    public int timersOverdue(long now) {
        return timers.overdue(now);
    }
}
