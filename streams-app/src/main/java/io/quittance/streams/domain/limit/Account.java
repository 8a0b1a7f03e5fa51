package io.quittance.streams.domain.limit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** One limit, and what counts under it. */
final class Account {
    private final Limit limit;
    private final Set<String> held = new HashSet<>();
    private final TreeSet<Start> starts = new TreeSet<>(Start.OLDEST_FIRST);

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
        return (limit.concurrent() == null || held.size() < limit.concurrent())
                && (limit.rate() == null || starts.size() < limit.rate().count());
    }

    void hold(String claimId) {
        held.add(claimId);
    }

    void giveBack(String claimId) {
        held.remove(claimId);
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
        return gone;
    }

    int held() {
        return held.size();
    }

    int started() {
        return starts.size();
    }
}
