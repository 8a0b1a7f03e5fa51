package io.quittance.streams.processor;

import io.quittance.streams.domain.model.Freeze;
import io.quittance.streams.domain.model.Freezes;
import io.quittance.streams.state.DocketStore;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Notices that other freezes are in force than before, whether one was published, lifted, or has ended by itself, and
 * then goes once through whatever waits for one to end, in order, a few dockets at a time. Belongs to one task.
 */
final class Thaw {
    private final DocketStore dockets;
    private @Nullable List<Freeze> inForce;
    private long revision;
    private boolean underWay;

    Thaw(DocketStore dockets) {
        this.dockets = dockets;
    }

    /** Subjects to look at now; none while nothing has changed, or once all have been looked at. */
    List<String> next(Freezes published, Instant now, int most) {
        List<Freeze> present = published.inForce(now);
        if (!present.equals(inForce) || published.revision() != revision) {
            inForce = present;
            revision = published.revision();
            dockets.beginThaw();
            underWay = true;
        }
        List<String> next = underWay ? dockets.nextToThaw(most) : List.of();
        underWay = !next.isEmpty();
        return next;
    }

    /** Whether {@link #next} may have something. */
    boolean isWanted(Freezes published, Instant now) {
        return underWay
                || published.revision() != revision
                || !published.inForce(now).equals(inForce);
    }

    /** Whether the subject's turn is still to come: its timers then wait for that, or they would break the order. */
    boolean isAhead(String subject) {
        return underWay && dockets.isFrozen(subject);
    }
}
