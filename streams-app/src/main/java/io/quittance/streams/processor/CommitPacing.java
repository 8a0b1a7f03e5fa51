package io.quittance.streams.processor;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When to commit before the interval is over. What people or executors wait for is committed at once while records are
 * read as they come: an approval is then a visible task in milliseconds. The longer records have waited to be read, the
 * further apart these commits are, as larger transactions are what shortens a queue. A commit that would come too soon
 * is owed, and made up for as soon as it may come.
 *
 * <p>One for each thread, and used by that thread alone: whichever of its tasks asks, Kafka Streams commits all of
 * them.
 */
final class CommitPacing {
    private static final ThreadLocal<CommitPacing> OF_THREAD = ThreadLocal.withInitial(CommitPacing::new);

    private Instant last = Instant.EPOCH;
    private @Nullable Instant owed;

    static CommitPacing ofThisThread() {
        return OF_THREAD.get();
    }

    /**
     * Something urgent was written.
     *
     * @param caused the time of the record that it follows from
     * @param spacing shortest time between two such commits: each costs a marker on every partition
     */
    void want(Instant caused, Instant now, Duration spacing) {
        Duration age = Duration.between(caused, now);
        Instant due = last.plus(age.compareTo(spacing) > 0 ? age : spacing);
        owed = owed == null || due.isBefore(owed) ? due : owed;
    }

    /** Whether to commit now; asked often enough that what is owed does not wait. */
    boolean commitsAt(Instant now) {
        if (owed == null) {
            return false;
        }
        // A clock that was set back must not keep commits away until it has caught up.
        boolean tooSoon = now.isBefore(owed) && !now.isBefore(last);
        if (tooSoon) {
            return false;
        }
        last = now;
        owed = null;
        return true;
    }
}
