package io.quittance.streams.domain.limit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One limit, and what counts under it. */
final class Account {
    /** How long a place is kept for a claim while another limit that it needs is full and gives nothing back. */
    static final Duration KEPT_FOR = Duration.ofSeconds(2);

    private final Limit limit;
    private final Set<String> held = new HashSet<>();
    private final TreeSet<Start> starts = new TreeSet<>(Start.OLDEST_FIRST);
    private boolean moved;
    private @Nullable Instant movedAt;

    Account(Limit limit) {
        this.limit = limit;
    }

    String name() {
        return limit.name();
    }

    boolean covers(Work work) {
        return limit.covers(work);
    }

    boolean countsStarts() {
        return limit.rate() != null;
    }

    boolean hasRoom() {
        return room() > 0;
    }

    /** How many more may go now; negative where a limit was lowered. */
    int room() {
        int places = limit.concurrent() == null ? Integer.MAX_VALUE : limit.concurrent() - held.size();
        int turns = limit.rate() == null ? Integer.MAX_VALUE : limit.rate().count() - starts.size();
        return Math.min(places, turns);
    }

    /** Whether one place can be kept free without keeping all. */
    boolean hasSeveralPlaces() {
        return (limit.concurrent() == null || limit.concurrent() > 1)
                && (limit.rate() == null || limit.rate().count() > 1);
    }

    /** Whether something was given back not long ago. */
    boolean moves(Instant now) {
        return movedAt != null && movedAt.plus(KEPT_FOR).isAfter(now);
    }

    /** From now on the time counts since what was given back. */
    void stamp(Instant now) {
        if (moved) {
            movedAt = now;
            moved = false;
        }
    }

    void hold(String claimId) {
        held.add(claimId);
    }

    void giveBack(String claimId) {
        moved |= held.remove(claimId);
    }

    void count(Start start) {
        starts.add(start);
    }

    void uncount(Start start) {
        starts.remove(start);
    }

    boolean counts(Start start) {
        return starts.contains(start);
    }

    /** Stops counting what has left the window, and says what that was. */
    List<Start> slide(Instant now) {
        if (limit.rate() == null) {
            return List.of();
        }
        Instant horizon = now.minus(limit.rate().window());
        var gone = new ArrayList<Start>();
        while (!starts.isEmpty() && !starts.first().at().isAfter(horizon)) {
            gone.add(starts.pollFirst());
        }
        moved |= !gone.isEmpty();
        return gone;
    }

    int held() {
        return held.size();
    }

    int started() {
        return starts.size();
    }
}
