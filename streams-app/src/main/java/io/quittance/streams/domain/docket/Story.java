package io.quittance.streams.domain.docket;

import io.quittance.streams.domain.model.TrailEntry;
import java.util.ArrayList;
import java.util.List;

/**
 * What happened, in order; bounded.
 *
 * @param dropped entries left out because the trail was full
 * @param revision audit records written so far
 */
public record Story(List<TrailEntry> trail, int dropped, int revision) {
    public static final Story EMPTY = new Story(List.of(), 0, 0);

    public Story {
        trail = List.copyOf(trail);
    }

    /** Once full, further entries are counted instead of kept: what began the story matters more than repeats. */
    public Story with(TrailEntry entry, int limit) {
        if (trail.size() >= limit) {
            return new Story(trail, dropped + 1, revision);
        }
        var longer = new ArrayList<>(trail);
        longer.add(entry);
        return new Story(longer, dropped, revision);
    }

    public Story published() {
        return new Story(trail, dropped, revision + 1);
    }
}
