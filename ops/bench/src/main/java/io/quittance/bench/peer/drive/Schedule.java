package io.quittance.bench.peer.drive;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** When each request of an open loop is due, evenly spread, whatever becomes of those before. */
final class Schedule {
    private static final long LONGEST_PARK_NANOS = 5_000_000;

    private final long begin;
    private final long to;
    private final double nanosBetween;
    private long next;

    Schedule(long begin, long to, double requestsPerSecond) {
        this.begin = begin;
        this.to = to;
        this.nanosBetween = 1e9 / requestsPerSecond;
    }

    /** What is due by now and was not given out, at most so many; waits a little where nothing is. */
    synchronized List<Long> due(int most) {
        long now = System.nanoTime();
        long wait = at(next) - now;
        if (wait > 0) {
            LockSupport.parkNanos(Math.min(wait, LONGEST_PARK_NANOS));
            now = System.nanoTime();
        }
        var due = new ArrayList<Long>();
        while (due.size() < most && at(next) <= now && at(next) < to) {
            due.add(at(next++));
        }
        return due;
    }

    synchronized boolean isOver() {
        return at(next) >= to;
    }

    private long at(long number) {
        return begin + (long) (number * nanosBetween);
    }
}
