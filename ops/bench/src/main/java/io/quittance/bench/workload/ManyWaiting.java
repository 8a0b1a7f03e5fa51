package io.quittance.bench.workload;

import io.quittance.bench.contender.Measured;
import io.quittance.bench.pipeline.Application;
import io.quittance.bench.pipeline.Pipeline;
import io.quittance.bench.prefill.Rows;
import io.quittance.bench.process.JmxProbe;
import io.quittance.bench.report.Figures;
import io.quittance.harness.Awaiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * W3: a million requests wait for their approval, each with a timer. Two instances of the application that differ in
 * nothing else take turns at W1.
 */
public final class ManyWaiting {
    private static final String W3 = "W3";
    private static final int FIRST = 10_000_000;
    private static final Duration ANSWER_WITHIN = Duration.ofDays(3);
    private static final Duration RESTORED_WITHIN = Duration.ofMinutes(5);
    /** Two windows of the application's metrics, whose length is set below. */
    private static final Duration IDLE = Duration.ofSeconds(5);

    /** Of the sub-topology that has the dockets, and so the timers; the limiter's tasks have next to nothing to do. */
    private static final String DOCKET_TASKS = "kafka.streams:type=stream-task-metrics,task-id=0_*,*";

    private final Stage stage;
    private final Templates templates;

    public ManyWaiting(Stage stage, Templates templates) {
        this.stage = stage;
        this.templates = templates;
    }

    public void run() {
        int count = stage.scale().waiting();
        Rows rows = templates.waiting(ANSWER_WITHIN).rows();
        var options = stage.options()
                .withSetting("streams.metrics.recording.level", "DEBUG")
                .withSetting("streams.metrics.sample.window.ms", "2000");
        Pipeline empty = Pipeline.prepare(stage.lab(), options.withName("w3empty"));
        Pipeline full = Pipeline.prepare(stage.lab(), options.withName("w3full"));
        try {
            rows.copyTo(full, FIRST, count);
            stage.add(W3, "full", "waiting", "", count);
            stage.add(
                    W3,
                    "full",
                    "changelog per open request",
                    "B",
                    full.logSize().allBytes() / (double) count);
            double emptyStart = start(empty, 0);
            double fullStart = start(full, count);
            stage.add(W3, "full", "restore", "s", fullStart - emptyStart);
            stage.add(W3, "full", "restore rate", "/s", count / Math.max(0.001, fullStart - emptyStart));
            stage.add(W3, "full", "store per open request", "B", stateBytes(full.application()) / count);
            requireWaiting(full, count);
            takeTurns(empty, full);
            full.parties().idle(IDLE);
            idle(empty, "empty");
            idle(full, "full");
        } finally {
            stage.clear(empty);
            stage.clear(full);
        }
    }

    private void takeTurns(Pipeline empty, Pipeline full) {
        for (int round = 0; round < stage.loops().fewRounds(); round++) {
            Duration warmUp =
                    round == 0 ? stage.loops().freshWarmUp() : stage.loops().warmUp();
            closedLoop(empty, "empty", warmUp);
            closedLoop(full, "full", warmUp);
        }
        double part =
                stage.results().median(W3, "full", "closed requests per second").orElse(Double.NaN)
                        / stage.results()
                                .median(W3, "empty", "closed requests per second")
                                .orElse(Double.NaN);
        stage.add(W3, "full", "part of the empty rate", "", part);
    }

    private void closedLoop(Pipeline pipeline, String contender, Duration warmUp) {
        stage.awaitQuiet();
        Measured measured = pipeline.closedLoop(
                warmUp, stage.loops().measured(), stage.loops().inFlight());
        stage.add(W3, contender, "closed requests per second", "/s", measured.rate());
        Correctness.add(stage, W3, contender, measured.lost(), measured.doubled());
    }

    /** From the process's start until the application knows of so many waiting requests, in seconds. */
    private static double start(Pipeline pipeline, int waiting) {
        long startedAt = System.nanoTime();
        pipeline.launch();
        Awaiting.until(
                "everything that was filled in is restored", RESTORED_WITHIN, () -> waiting(pipeline) >= waiting);
        return (System.nanoTime() - startedAt) / 1e9;
    }

    private static double waiting(Pipeline pipeline) {
        return Metrics.sum(pipeline.application().metrics(), "quittance_open_requests");
    }

    private void idle(Pipeline pipeline, String contender) {
        double nanos = JmxProbe.read(pipeline.application().jvm().pid(), DOCKET_TASKS, "punctuate-latency-avg").stream()
                .filter(value -> !value.isNaN())
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(Double.NaN);
        stage.add(W3, contender, "idle punctuation", "µs", nanos / 1_000);
        stage.results()
                .note(
                        "An idle punctuation is Kafka Streams' own metric punctuate-latency-avg of the tasks with dockets, read by JMX"
                                + " from an application without traffic; W3 runs with metrics at DEBUG for it.");
    }

    /** What was filled in is what the application believes to have. */
    private void requireWaiting(Pipeline pipeline, int count) {
        stage.add(W3, "full", "waiting, as the application counts", "", waiting(pipeline));
        stage.results()
                .note("Stores are filled by copying %s rows that the application wrote itself."
                        .formatted(Figures.text(count)));
    }

    private static double stateBytes(Application application) {
        try (var files = Files.walk(application.directory().resolve("state"))) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(ManyWaiting::size)
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** RocksDB deletes files while they are counted. */
    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException gone) {
            return 0;
        }
    }
}
