package io.quittance.streams.domain.docket;

import io.quittance.streams.domain.model.TrailEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened, in order; bounded.
 *
 * @param dropped entries left out in between because the trail was full
 * @param revision audit records written so far
 * @param owedBy when an audit record is to be written that tells what has happened since the last; null if that one
 *     tells everything
 * @param toldRound the last asking for approval that people were told of
 */
public record Story(
        List<TrailEntry> trail,
        int dropped,
        int revision,
        @Nullable Instant owedBy,
        int toldRound) {
    public static final Story EMPTY = new Story(List.of(), 0, 0, null, 0);

    public Story {
        trail = List.copyOf(trail);
    }

    /** Once full, the beginning stays and the last quarter moves on: how it began and how it ended matter most. */
    public Story with(TrailEntry entry, int limit) {
        var longer = new ArrayList<>(trail);
        boolean full = trail.size() >= limit;
        if (full) {
            longer.remove(limit - Math.max(1, limit / 4));
        }
        longer.add(entry);
        return new Story(longer, full ? dropped + 1 : dropped, revision, owedBy, toldRound);
    }

    public Story owed(Instant by) {
        return new Story(trail, dropped, revision, by, toldRound);
    }

    public Story published() {
        return new Story(trail, dropped, revision + 1, null, toldRound);
    }

    public Story told(int round) {
        return new Story(trail, dropped, revision, owedBy, round);
    }
}
