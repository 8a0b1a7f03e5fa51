package io.quittance.bench.workload;

import io.quittance.bench.contender.Latencies;
import io.quittance.bench.pipeline.OpenLoop;
import io.quittance.bench.pipeline.Pipeline;
import io.quittance.bench.pipeline.Traffic;
import io.quittance.bench.wire.Inbound;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/** W4: requests whose approvers have kept silent expire all in the same second, while others come and go. */
public final class ManyExpiries {
    private static final String W4 = "W4";
    private static final int FIRST = 8_000_000;
    private static final Duration ANSWER_WITHIN = Duration.ofDays(3);
    /** Of the closed loop's rate: the expiries need their part of the machine. */
    private static final double QUARTER = 0.25;

    private static final Duration BEFORE = Duration.ofSeconds(5);
    private static final Duration AFTER = Duration.ofSeconds(10);

    private final Stage stage;

    public ManyExpiries(Stage stage) {
        this.stage = stage;
    }

    public void run() throws InterruptedException {
        int count = stage.scale().expiring();
        var templates = new Templates(stage.main());
        Templates.Waiting waiting = templates.waiting(stage.scale().expireIn());
        Pipeline pipeline = Pipeline.prepare(stage.lab(), stage.options().withName("w4"));
        try {
            waiting.rows().copyTo(pipeline, FIRST, count);
            // What is submitted to the main pipeline from now on waits as long as before.
            templates.waiting(ANSWER_WITHIN);
            pipeline.launch();
            long due = System.nanoTime()
                    + (waiting.answerBy() - stage.lab().clock().millis()) * 1_000_000;
            double rate = rate();
            Duration left = Duration.ofNanos(due - System.nanoTime()).minus(BEFORE);
            if (left.isNegative()) {
                stage.results().note("W4: the store was not restored before its requests expired; no figure.");
                return;
            }
            var expiries = new Expiries(count, due);
            OpenLoop loop = pipeline.openLoop(rate, left, BEFORE.plus(AFTER), expiries);
            report(pipeline, loop, expiries, due);
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

    private void report(Pipeline pipeline, OpenLoop loop, Expiries expiries, long due) {
        Latencies latencies = loop.latencies(pipeline.parties().tally().doubled());
        Histogram before = loop.approvalToTask(due - BEFORE.toNanos(), due);
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

    private static double millis(Histogram histogram) {
        return histogram.getValueAtPercentile(99) / 1_000.0;
    }

    /** Counts them. */
    private static final class Expiries implements Traffic {
        private final int expected;
        private int seen;
        private long last;

        Expiries(int expected, long due) {
            this.expected = expected;
            this.last = due;
        }

        @Override
        public void prompted(int number, Inbound.Prompt prompt, long at) {}

        @Override
        public void tasked(int number, int system, Inbound.Task task, long at) {}

        @Override
        public void closed(int number, long at) {
            seen++;
            last = at;
        }
    }
}
