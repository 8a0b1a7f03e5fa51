package io.quittance.streams.processor;

import java.time.Duration;
import java.time.Instant;

/**
 * When to commit before the interval is over. What people or executors wait for is committed at once while records are
 * read as they come: an approval is then a visible task in milliseconds. The longer records have waited to be read, the
 * further apart these commits are, as larger transactions are what shortens a queue.
 */
final class CommitPacing {
    private final Duration spacing;
    private Instant last = Instant.EPOCH;

    /** @param spacing shortest time between two such commits of a task: each costs a marker on every partition */
    CommitPacing(Duration spacing) {
        this.spacing = spacing;
    }

    /** @param caused the time of the record that something urgent follows from */
    boolean commitsFor(Instant caused, Instant now) {
        Duration age = Duration.between(caused, now);
        Duration apart = age.compareTo(spacing) > 0 ? age : spacing;
        // A clock that was set back must not keep commits away until it has caught up.
        boolean tooSoon = now.isBefore(last.plus(apart)) && !now.isBefore(last);
        if (tooSoon) {
            return false;
        }
        last = now;
        return true;
    }
}
