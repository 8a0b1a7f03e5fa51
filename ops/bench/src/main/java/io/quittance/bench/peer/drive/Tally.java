package io.quittance.bench.peer.drive;

import io.quittance.bench.contender.Latencies;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What was seen of each request in one run, and when. Times are {@link System#nanoTime}. Safe to be told by many
 * threads; whoever tells does so after the commit that made it so.
 */
public final class Tally {
    private static final int ALL_TASKS = (1 << Workflow.SYSTEMS.size()) - 1;

    /** For what is done outside of any run: knows no request, and so counts none. */
    public static final Tally NOBODY = new Tally(null);

    private final ConcurrentHashMap<UUID, Seen> requests = new ConcurrentHashMap<>();
    private final LongAdder submitted = new LongAdder();
    private final LongAdder finished = new LongAdder();
    private final LongAdder finishedInWindow = new LongAdder();
    private final LongAdder doubled = new LongAdder();
    private final Histogram approvalToTask = histogram();
    private final Histogram intakeToPrompt = histogram();
    private final Histogram completionToClosed = histogram();
    private final @Nullable Semaphore room;
    private volatile long windowFrom = Long.MAX_VALUE;
    private volatile long windowTo = Long.MAX_VALUE;

    private static final class Seen {
        private final long due;
        private final AtomicLong prompted = new AtomicLong();
        private final AtomicInteger tasks = new AtomicInteger();
        private final AtomicLong lastCompletion = new AtomicLong();
        private final AtomicInteger closings = new AtomicInteger();

        private Seen(long due) {
            this.due = due;
        }
    }

    /** @param room given back with each close; null where nobody waits for it */
    Tally(@Nullable Semaphore room) {
        this.room = room;
    }

    /** Sets what is measured. */
    void window(long from, long to) {
        windowFrom = from;
        windowTo = to;
    }

    void submitting(UUID request, long due) {
        requests.put(request, new Seen(due));
        submitted.increment();
    }

    /** The approver sees that a decision is wanted, and decides at once. */
    public void prompted(UUID request) {
        long now = System.nanoTime();
        Seen seen = requests.get(request);
        if (seen != null && seen.prompted.compareAndSet(0, now)) {
            record(intakeToPrompt, seen.due, now);
        }
    }

    /** The executor of a system sees its task. */
    public void tasked(UUID request, int system) {
        long now = System.nanoTime();
        Seen seen = requests.get(request);
        if (seen == null) {
            return;
        }
        int mark = 1 << system;
        if ((seen.tasks.getAndUpdate(marks -> marks | mark) & mark) != 0) {
            doubled.increment();
            return;
        }
        record(approvalToTask, seen.prompted.get(), now);
    }

    /** An executor is about to report. */
    public void completing(UUID request) {
        long now = System.nanoTime();
        Seen seen = requests.get(request);
        if (seen != null) {
            seen.lastCompletion.accumulateAndGet(now, Math::max);
        }
    }

    /** The closing record is there. A request that closes without all of its tasks counts as lost. */
    public void closed(UUID request) {
        long now = System.nanoTime();
        Seen seen = requests.get(request);
        if (seen == null || seen.tasks.get() != ALL_TASKS) {
            return;
        }
        if (seen.closings.getAndIncrement() > 0) {
            doubled.increment();
            return;
        }
        finished.increment();
        if (now >= windowFrom && now < windowTo) {
            finishedInWindow.increment();
        }
        record(completionToClosed, seen.lastCompletion.get(), now);
        if (room != null) {
            room.release();
        }
    }

    long submitted() {
        return submitted.sum();
    }

    long finished() {
        return finished.sum();
    }

    long finishedInWindow() {
        return finishedInWindow.sum();
    }

    long doubled() {
        return doubled.sum();
    }

    /** To be called when nobody tells any more. */
    Latencies latencies(double offered, double seconds) {
        return new Latencies(
                approvalToTask,
                intakeToPrompt,
                completionToClosed,
                offered,
                finishedInWindow() / seconds,
                submitted(),
                finished(),
                doubled());
    }

    private void record(Histogram histogram, long from, long now) {
        if (from >= windowFrom && from < windowTo) {
            histogram.recordValue(Math.min(histogram.getHighestTrackableValue(), Math.max(0, now - from) / 1_000));
        }
    }

    private static Histogram histogram() {
        return new ConcurrentHistogram(Latencies.histogram());
    }
}
