package io.quittance.bench.workload;

import io.quittance.bench.contender.Latencies;
import io.quittance.bench.pipeline.Application;
import io.quittance.bench.pipeline.OpenLoop;
import io.quittance.bench.pipeline.Pipeline;
import io.quittance.bench.pipeline.PipelineOptions;
import io.quittance.bench.pipeline.Traffic;
import io.quittance.bench.prefill.Rows;
import io.quittance.bench.wire.RequestNumber;
import io.quittance.harness.Awaiting;
import io.quittance.harness.HarnessException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Utils;

/**
 * W6: two instances; one is killed with {@code kill -9} under traffic. Counted is the time until the slowest partition
 * prompts for a request that was submitted after the kill.
 */
public final class FailOver {
    private static final String W6 = "W6";
    private static final int FIRST = 8_000_000;
    private static final Duration ANSWER_WITHIN = Duration.ofDays(3);
    private static final double RATE = 200;
    private static final String SESSION_MILLIS = "6000";
    /** The gauges follow the stores with the next commit. */
    private static final Duration COUNTED_WITHIN = Duration.ofSeconds(10);

    private final Stage stage;
    private final Templates templates;

    public FailOver(Stage stage, Templates templates) {
        this.stage = stage;
        this.templates = templates;
    }

    public void run() throws InterruptedException {
        Rows rows = templates.waiting(ANSWER_WITHIN).rows();
        stage.results()
                .note("W6: consumer.session.timeout.ms=%s and producer.transaction.timeout.ms=%s, of which the time"
                                .formatted(SESSION_MILLIS, SESSION_MILLIS)
                        + " mostly consists: a broker waits that long before it believes that a member is gone.");
        for (int standbys : stage.scale().failOver().standbys()) {
            run(standbys == 0 ? "without standby" : "with standby", "w6x" + standbys, standbys, rows);
        }
    }

    private void run(String contender, String name, int standbys, Rows rows) throws InterruptedException {
        PipelineOptions options = stage.options()
                .withName(name)
                .withSetting("num.standby.replicas", Integer.toString(standbys))
                .withSetting("consumer.session.timeout.ms", SESSION_MILLIS)
                .withSetting("consumer.heartbeat.interval.ms", "1000")
                .withSetting("producer.transaction.timeout.ms", SESSION_MILLIS);
        Pipeline pipeline = Pipeline.prepare(stage.lab(), options);
        try {
            rows.copyTo(pipeline, FIRST, stage.scale().failOver().waiting());
            pipeline.launch(2);
            stage.awaitQuiet();
            pipeline.closedLoop(
                    stage.loops().freshWarmUp(),
                    stage.loops().warmUp(),
                    stage.loops().inFlight());
            kill(contender, pipeline);
        } finally {
            stage.clear(pipeline);
        }
    }

    /** Of whom, and when, by {@link System#nanoTime}. */
    private record Kill(Application killed, long at) {}

    private void kill(String contender, Pipeline pipeline) throws InterruptedException {
        Application owner = owner(pipeline);
        stage.add(W6, contender, "waiting in the killed instance", "", waiting(owner));
        long doubledBefore = pipeline.parties().tally().doubled();
        var killer = Executors.newSingleThreadScheduledExecutor();
        try {
            var killedAt = killer.schedule(
                    () -> {
                        long at = System.nanoTime();
                        owner.jvm().kill();
                        return at;
                    },
                    stage.scale().failOver().before().toMillis(),
                    TimeUnit.MILLISECONDS);
            OpenLoop loop = pipeline.openLoop(
                    RATE,
                    stage.scale().failOver().before(),
                    stage.scale().failOver().after(),
                    Traffic.IGNORED);
            report(contender, pipeline, loop, new Kill(owner, killedAt.get()), doubledBefore);
        } catch (ExecutionException e) {
            throw new HarnessException("an instance could not be killed", e);
        } finally {
            killer.shutdownNow();
        }
    }

    /** Whoever has most of the work: of another there may be nothing to take over. */
    private static Application owner(Pipeline pipeline) {
        Application owner = pipeline.applications().stream()
                .max(Comparator.comparingDouble(FailOver::waiting))
                .orElseThrow();
        if (waiting(owner) == 0) {
            throw new HarnessException("no instance has anything that could be taken over");
        }
        return owner;
    }

    private static double waiting(Application instance) {
        return Metrics.sum(instance.metrics(), "quittance_open_requests");
    }

    private void report(String contender, Pipeline pipeline, OpenLoop loop, Kill kill, long doubledBefore) {
        int partitions = pipeline.options().partitions();
        long slowest = IntStream.range(0, partitions)
                .mapToLong(partition -> loop.firstPromptAfter(
                        kill.at(),
                        number -> Utils.toPositive(Utils.murmur2(RequestNumber.subjectKey(number))) % partitions
                                == partition))
                .max()
                .orElse(Long.MAX_VALUE);
        Latencies latencies = loop.latencies(pipeline.parties().tally().doubled() - doubledBefore);
        stage.add(W6, contender, "first decision after kill -9", "s", slowest / 1e9);
        stage.add(
                W6,
                contender,
                "waiting in the store",
                "",
                stage.scale().failOver().waiting());
        // What was live and did not close still waits, and is lost already.
        long astray = latencies.lost() == 0 ? astray(pipeline, kill.killed()) : 0;
        Correctness.add(stage, W6, contender, latencies.lost() + astray, latencies.doubled());
    }

    /** By how many requests what waits in the survivors differs from what was put there. */
    private long astray(Pipeline pipeline, Application killed) {
        int put = stage.scale().failOver().waiting();
        var survivors = pipeline.applications().stream()
                .filter(instance -> !instance.equals(killed))
                .toList();
        try {
            Awaiting.until(
                    "the survivors know of everything that waits", COUNTED_WITHIN, () -> waiting(survivors) == put);
        } catch (HarnessException notSo) {
            // Then the difference is the finding.
        }
        return Math.round(Math.abs(waiting(survivors) - put));
    }

    private static double waiting(List<Application> instances) {
        return instances.stream().mapToDouble(FailOver::waiting).sum();
    }
}
