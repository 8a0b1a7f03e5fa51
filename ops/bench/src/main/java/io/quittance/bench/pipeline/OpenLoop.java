package io.quittance.bench.pipeline;

import io.quittance.bench.contender.Contender;
import io.quittance.bench.contender.Latencies;
import io.quittance.bench.wire.Inbound;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntPredicate;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Requests and approvals go out when they are due, from a thread of their own, however long the pipeline takes. What is
 * measured counts from then.
 */
public final class OpenLoop implements Traffic {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** The pacer looks at the clock this often; what it is late counts as latency. */
    private static final long TICK = Duration.ofNanos(250_000).toNanos();

    private final Parties parties;
    private final Traffic elsewhere;
    private final int first;
    private final int firstMeasured;
    private final int last;
    private final double rate;
    private final Duration measured;
    private final Times times;
    private final ConcurrentLinkedQueue<Approval> approvals = new ConcurrentLinkedQueue<>();
    private final long deadLettersBefore;
    private long startedAt;
    private long ended;
    private long closed;
    private long lastEventAt;
    private volatile boolean done;

    private record Approval(int number, Inbound.Prompt prompt, long due) {}

    /** When things happened to each request, from the first on; zero where they have not. */
    private record Times(long[] prompted, long[] approvalDue, long[][] tasked, long[] completed, long[] closed) {
        Times(int requests) {
            this(
                    new long[requests],
                    new long[requests],
                    new long[PipelineOptions.SYSTEMS.size()][requests],
                    new long[requests],
                    new long[requests]);
        }
    }

    /**
     * @param elsewhere is handed what is about other requests
     * @param first number of the first request
     */
    public OpenLoop(Parties parties, Traffic elsewhere, int first, double rate, Duration warmUp, Duration measured) {
        this.parties = parties;
        this.elsewhere = elsewhere;
        this.first = first;
        this.rate = rate;
        this.measured = measured;
        this.firstMeasured = first + (int) (rate * warmUp.toMillis() / 1000);
        this.last = firstMeasured + (int) (rate * measured.toMillis() / 1000);
        this.times = new Times(last - first);
        this.deadLettersBefore = parties.deadLetters();
    }

    /** Returns when everything is closed, elsewhere too, or nothing has happened for {@link #PATIENCE}. */
    public void run() throws InterruptedException {
        startedAt = System.nanoTime();
        lastEventAt = startedAt;
        var pacer = new Thread(this::pace, "pacer");
        pacer.start();
        try {
            while ((ended < last - first || !elsewhere.isOver())
                    && System.nanoTime() - lastEventAt < PATIENCE.toNanos()) {
                parties.poll(this);
            }
        } finally {
            done = true;
            pacer.join();
        }
    }

    /** Number after the last one submitted. */
    public int next() {
        return last;
    }

    public Latencies latencies(long doubled) {
        Histogram intakeToPrompt = Latencies.histogram();
        Histogram completionToClosed = Latencies.histogram();
        long closedMeasured = 0;
        for (int number = firstMeasured; number < last; number++) {
            int i = number - first;
            record(intakeToPrompt, times.prompted()[i], due(number));
            record(completionToClosed, times.closed()[i], times.completed()[i]);
        }
        for (long at : times.closed()) {
            closedMeasured += at != 0 && at - due(firstMeasured) >= 0 && at - due(last) < 0 ? 1 : 0;
        }
        return new Latencies(
                approvalToTask(due(firstMeasured), due(last)),
                intakeToPrompt,
                completionToClosed,
                rate,
                closedMeasured / (measured.toNanos() / 1e9),
                last - first,
                closed - (parties.deadLetters() - deadLettersBefore),
                doubled);
    }

    /** Of approvals that were due in that time, by {@link System#nanoTime}. */
    public Histogram approvalToTask(long from, long until) {
        Histogram histogram = Latencies.histogram();
        for (int i = 0; i < last - first; i++) {
            long due = times.approvalDue()[i];
            if (due != 0 && due >= from && due < until) {
                for (long[] tasked : times.tasked()) {
                    record(histogram, tasked[i], due);
                }
            }
        }
        return histogram;
    }

    /**
     * When the first prompt appeared of those requests that were due after that moment.
     *
     * @return nanoseconds from the moment on; {@link Long#MAX_VALUE} if none appeared
     */
    public long firstPromptAfter(long moment, IntPredicate ofRequest) {
        long earliest = Long.MAX_VALUE;
        for (int number = first; number < last; number++) {
            long prompted = times.prompted()[number - first];
            if (prompted != 0 && due(number) >= moment && ofRequest.test(number)) {
                earliest = Math.min(earliest, prompted - moment);
            }
        }
        return earliest;
    }

    private void pace() {
        int next = first;
        while (!done) {
            long now = System.nanoTime();
            while (next < last && due(next) - now <= 0) {
                parties.submit(next++);
            }
            sendApprovals(now);
            LockSupport.parkNanos(TICK);
        }
    }

    private void sendApprovals(long now) {
        @Nullable Approval head = approvals.peek();
        while (head != null && head.due() - now <= 0) {
            approvals.remove();
            parties.approve(head.number(), head.prompt());
            head = approvals.peek();
        }
    }

    private long due(int number) {
        return startedAt + (long) ((number - first) * 1e9 / rate);
    }

    private boolean isOurs(int number) {
        return number >= first && number < last;
    }

    @Override
    public void prompted(int number, Inbound.Prompt prompt, long at) {
        if (!isOurs(number)) {
            elsewhere.prompted(number, prompt, at);
            return;
        }
        lastEventAt = at;
        times.prompted()[number - first] = at;
        long due = at + Contender.THINKING.toNanos();
        times.approvalDue()[number - first] = due;
        approvals.add(new Approval(number, prompt, due));
    }

    @Override
    public void tasked(int number, int system, Inbound.Task task, long at) {
        if (!isOurs(number)) {
            elsewhere.tasked(number, system, task, at);
            return;
        }
        lastEventAt = at;
        times.tasked()[system][number - first] = at;
        parties.complete(number, system, task);
        times.completed()[number - first] = System.nanoTime();
    }

    @Override
    public void closed(int number, Inbound.Audit audit, long at) {
        lastEventAt = at;
        if (!isOurs(number)) {
            elsewhere.closed(number, audit, at);
            return;
        }
        ended++;
        if (audit.fulfilled()) {
            closed++;
            times.closed()[number - first] = at;
        }
    }

    /** What never happened is not recorded: it is counted as lost. */
    private static void record(Histogram histogram, long at, long from) {
        if (at != 0 && from != 0) {
            long micros = Math.max(at - from, 0) / 1_000;
            histogram.recordValue(Math.min(micros, histogram.getHighestTrackableValue()));
        }
    }
}
