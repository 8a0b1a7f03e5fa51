package io.quittance.bench.pipeline;

import java.util.Arrays;

/** What was seen of each request, so that what comes twice or not at all is found. From one thread. */
public final class Tally {
    private static final int CLOSED = 1 << 7;

    private byte[] seen = new byte[1 << 16];
    private long doubled;
    private long closed;

    /** @return whether this is the first time */
    boolean task(int number, int system) {
        return mark(number, 1 << system);
    }

    /** @return whether this is the first time */
    boolean close(int number) {
        boolean first = mark(number, CLOSED);
        if (first) {
            closed++;
        }
        return first;
    }

    /** Tasks and closings beyond the first. */
    public long doubled() {
        return doubled;
    }

    public long closed() {
        return closed;
    }

    private boolean mark(int number, int bit) {
        if (number >= seen.length) {
            seen = Arrays.copyOf(seen, Math.max(2 * seen.length, number + 1));
        }
        if ((seen[number] & bit) != 0) {
            doubled++;
            return false;
        }
        seen[number] |= (byte) bit;
        return true;
    }
}
