package io.quittance.streams.processor;

import java.time.Duration;
import java.time.Instant;

/**
 * When to commit before the interval is over. What people or executors wait for is committed at once while records are
 * read as they come: an approval is then a visible task in milliseconds. Where records have been waiting to be read,
 * the next interval is near, and larger transactions are what shortens the queue.
 */
final class CommitPacing {
    /** Older than this when it is read, a record has been in a queue. */
    private static final Duration QUEUED = Duration.ofMillis(100);

    private final Duration spacing;
    private Instant last = Instant.EPOCH;

    /** @param spacing shortest time between two such commits of a task: each costs a marker on every partition */
    CommitPacing(Duration spacing) {
        this.spacing = spacing;
    }

    /** @param caused the time of the record that something urgent follows from */
    boolean commitsFor(Instant caused, Instant now) {
        boolean queued = caused.plus(QUEUED).isBefore(now);
        // A clock that was set back must not keep commits away until it has caught up.
        boolean tooSoon = now.isBefore(last.plus(spacing)) && !now.isBefore(last);
        if (queued || tooSoon) {
            return false;
        }
        last = now;
        return true;
    }
}
