package io.quittance.streams.domain.docket;

import io.quittance.streams.domain.model.TrailEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened, in order; bounded.
 *
 * @param dropped entries left out because the trail was full
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

    /** Once full, further entries are counted instead of kept: what began the story matters more than repeats. */
    public Story with(TrailEntry entry, int limit) {
        if (trail.size() >= limit) {
            return new Story(trail, dropped + 1, revision, owedBy, toldRound);
        }
        var longer = new ArrayList<>(trail);
        longer.add(entry);
        return new Story(longer, dropped, revision, owedBy, toldRound);
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
