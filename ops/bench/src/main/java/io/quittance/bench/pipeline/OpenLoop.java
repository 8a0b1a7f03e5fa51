package io.quittance.bench.pipeline;

import io.quittance.bench.contender.Contender;
import io.quittance.bench.contender.Latencies;
import io.quittance.bench.wire.Inbound;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Requests and approvals go out when they are due, from a thread of their own, however long the pipeline takes. What is
 * measured counts from then.
 */
final class OpenLoop implements Traffic {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** The pacer looks at the clock this often; what it is late counts as latency. */
    private static final long TICK = Duration.ofNanos(250_000).toNanos();

    private final Parties parties;
    private final int first;
    private final int firstMeasured;
    private final int last;
    private final double nanosPerRequest;
    private final long[] approvalDue;
    private final long[] lastCompletion;
    private final byte[] completions;
    private final Histogram approvalToTask = Latencies.histogram();
    private final Histogram intakeToPrompt = Latencies.histogram();
    private final Histogram completionToClosed = Latencies.histogram();
    private final ConcurrentLinkedQueue<Approval> approvals = new ConcurrentLinkedQueue<>();
    private final double rate;
    private final Duration measured;
    private long startedAt;
    private long measuredFrom;
    private long measuredUntil;
    private long closedMeasured;
    private long closed;
    private long lastEventAt;
    private volatile boolean done;

    private record Approval(int number, Inbound.Prompt prompt, long due) {}

    OpenLoop(Parties parties, int first, double rate, Duration warmUp, Duration measured) {
        this.parties = parties;
        this.first = first;
        this.rate = rate;
        this.measured = measured;
        int warming = (int) (rate * warmUp.toMillis() / 1000);
        int counted = (int) (rate * measured.toMillis() / 1000);
        this.firstMeasured = first + warming;
        this.last = firstMeasured + counted;
        this.nanosPerRequest = 1e9 / rate;
        approvalDue = new long[last - first];
        lastCompletion = new long[last - first];
        completions = new byte[last - first];
    }

    void run() throws InterruptedException {
        startedAt = System.nanoTime();
        measuredFrom = due(firstMeasured);
        measuredUntil = due(last);
        lastEventAt = startedAt;
        var pacer = new Thread(this::pace, "pacer");
        pacer.start();
        try {
            while (closed < last - first && System.nanoTime() - lastEventAt < PATIENCE.toNanos()) {
                parties.poll(this);
            }
        } finally {
            done = true;
            pacer.join();
        }
    }

    /** Number after the last one submitted. */
    int next() {
        return last;
    }

    Latencies latencies(long doubled) {
        return new Latencies(
                approvalToTask,
                intakeToPrompt,
                completionToClosed,
                rate,
                closedMeasured / (measured.toNanos() / 1e9),
                last - first,
                closed,
                doubled);
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
        return startedAt + (long) ((number - first) * nanosPerRequest);
    }

    private boolean isMeasured(int number) {
        return number >= firstMeasured && number < last;
    }

    @Override
    public void prompted(int number, Inbound.Prompt prompt, long at) {
        if (number < first || number >= last) {
            return;
        }
        lastEventAt = at;
        if (isMeasured(number)) {
            record(intakeToPrompt, at - due(number));
        }
        long due = at + Contender.THINKING.toNanos();
        approvalDue[number - first] = due;
        approvals.add(new Approval(number, prompt, due));
    }

    @Override
    public void tasked(int number, int system, Inbound.Task task, long at) {
        if (number < first || number >= last) {
            return;
        }
        lastEventAt = at;
        if (isMeasured(number)) {
            record(approvalToTask, at - approvalDue[number - first]);
        }
        parties.complete(number, system, task);
        if (++completions[number - first] == PipelineOptions.SYSTEMS.size()) {
            lastCompletion[number - first] = System.nanoTime();
        }
    }

    @Override
    public void closed(int number, long at) {
        if (number < first || number >= last) {
            return;
        }
        lastEventAt = at;
        closed++;
        if (isMeasured(number)) {
            record(completionToClosed, at - lastCompletion[number - first]);
        }
        if (at - measuredFrom >= 0 && at - measuredUntil < 0) {
            closedMeasured++;
        }
    }

    private static void record(Histogram histogram, long nanos) {
        histogram.recordValue(Math.min(Math.max(nanos, 0) / 1_000, histogram.getHighestTrackableValue()));
    }
}
