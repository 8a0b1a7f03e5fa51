package io.quittance.bench.workload;

import io.quittance.bench.contender.Latencies;
import io.quittance.bench.pipeline.OpenLoop;
import io.quittance.bench.pipeline.Pipeline;
import io.quittance.bench.pipeline.Traffic;
import io.quittance.bench.wire.Inbound;
import io.quittance.harness.HarnessException;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/** W4: requests whose approvers have kept silent expire all in the same second, while others come and go. */
public final class ManyExpiries {
    private static final String W4 = "W4";
    private static final int FIRST = 8_000_000;
    private static final int ATTEMPTS = 3;
    /** Of the closed loop's rate: the expiries need their part of the machine. */
    private static final double QUARTER = 0.25;

    /** From here to {@link #CALM_UNTIL} is what the time of the expiries is compared with. */
    private static final Duration BEFORE = Duration.ofSeconds(4);
    /** The tasks of what is approved shortly before come with the expiries. */
    private static final Duration CALM_UNTIL = Duration.ofSeconds(1);

    private final Stage stage;
    private final Templates templates;

    public ManyExpiries(Stage stage, Templates templates) {
        this.stage = stage;
        this.templates = templates;
    }

    public void run() throws InterruptedException {
        Duration in = stage.scale().expiries().in();
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            if (expire("w4x" + attempt, in)) {
                return;
            }
            in = in.multipliedBy(2);
        }
        throw new HarnessException("W4: however long they had, the requests expired before their store was restored");
    }

    /** @return whether the application was at work in time */
    private boolean expire(String name, Duration in) throws InterruptedException {
        int count = stage.scale().expiries().count();
        Templates.Waiting waiting = templates.waiting(in);
        Pipeline pipeline = Pipeline.prepare(stage.lab(), stage.options().withName(name));
        try {
            waiting.rows().copyTo(pipeline, FIRST, count);
            pipeline.launch();
            long due = System.nanoTime()
                    + (waiting.answerBy() - stage.lab().clock().millis()) * 1_000_000;
            Duration left = Duration.ofNanos(due - System.nanoTime()).minus(BEFORE);
            if (left.isNegative()) {
                return false;
            }
            var expiries = new Expiring(count, due);
            Duration observed = BEFORE.plus(stage.scale().expiries().observed());
            OpenLoop loop = pipeline.openLoop(rate(), left, observed, expiries);
            report(pipeline, loop, expiries, due);
            return true;
        } finally {
            stage.clear(pipeline);
        }
    }

    private double rate() {
        double w1 = stage.results()
                .median("W1", Stage.PIPELINE, "closed requests per second")
                .orElse(200);
        return Math.max(10, w1 * QUARTER);
    }

    private void report(Pipeline pipeline, OpenLoop loop, Expiring expiries, long due) {
        Latencies latencies = loop.latencies(pipeline.parties().tally().doubled());
        Histogram before = before(loop, due);
        Histogram during = loop.approvalToTask(due, expiries.last);
        stage.add(W4, Stage.PIPELINE, "live traffic", "/s", latencies.offered());
        stage.add(W4, Stage.PIPELINE, "expired", "", expiries.seen);
        stage.add(W4, Stage.PIPELINE, "drained in", "s", (expiries.last - due) / 1e9);
        stage.add(W4, Stage.PIPELINE, "approval → task p99 before", "ms", millis(before));
        stage.add(W4, Stage.PIPELINE, "approval → task p99 meanwhile", "ms", millis(during));
        stage.add(W4, Stage.PIPELINE, "added at p99", "ms", millis(during) - millis(before));
        Correctness.add(
                stage, W4, Stage.PIPELINE, latencies.lost() + expiries.expected - expiries.seen, latencies.doubled());
    }

    /** Of approvals whose tasks came while nothing expired. */
    static Histogram before(OpenLoop loop, long due) {
        return loop.approvalToTask(due - BEFORE.toNanos(), due - CALM_UNTIL.toNanos());
    }

    private static double millis(Histogram histogram) {
        return Latencies.millis(histogram, 99);
    }

    /** Counts them. */
    private static final class Expiring implements Traffic {
        private final int expected;
        private int seen;
        private long last;

        Expiring(int expected, long due) {
            this.expected = expected;
            this.last = due;
        }

        @Override
        public void prompted(int number, Inbound.Prompt prompt, long at) {}

        @Override
        public void tasked(int number, int system, Inbound.Task task, long at) {}

        @Override
        public void closed(int number, Inbound.Audit audit, long at) {
            seen++;
            last = at;
        }

        @Override
        public boolean isOver() {
            return seen >= expected;
        }
    }
}
