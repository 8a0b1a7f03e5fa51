package io.quittance.proving.check;

import io.quittance.proving.check.TimeFrames.Frame;
import java.util.List;

/**
 * When the application's clocks can be compared with others': not while one of them was stepped, nor at a time that a
 * stepped one may have told. All times are milliseconds since 1970.
 */
final class Clocks {
    /** How far the nemesis steps a clock. */
    private static final long LARGEST_STEP = 60_000;

    private static final String CLOCK_STEP = "clock-step";

    private final List<Frame> stepped;

    private Clocks(List<Frame> stepped) {
        this.stepped = stepped;
    }

    static Clocks of(List<Frame> frames) {
        return new Clocks(frames.stream()
                .filter(frame -> frame.fault().equals(CLOCK_STEP))
                .toList());
    }

    /** Whether no clock was stepped between the two times, whichever is earlier, nor so near that it shows in them. */
    boolean agree(long one, long other) {
        long from = Math.min(one, other) - LARGEST_STEP;
        long until = later(Math.max(one, other));
        return stepped.stream().noneMatch(frame -> frame.overlaps(from, until));
    }

    /** By how much the two times may be further apart, or in the other order, than they say. */
    long allowance(long one, long other) {
        return agree(one, other) ? 0 : LARGEST_STEP;
    }

    private static long later(long time) {
        return time > Long.MAX_VALUE - LARGEST_STEP ? Long.MAX_VALUE : time + LARGEST_STEP;
    }
}
