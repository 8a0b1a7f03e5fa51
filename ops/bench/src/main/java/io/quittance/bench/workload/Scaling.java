package io.quittance.bench.workload;

import io.quittance.bench.contender.Measured;
import io.quittance.bench.pipeline.Pipeline;
import io.quittance.bench.pipeline.PipelineOptions;
import io.quittance.bench.prefill.Rows;
import java.time.Duration;

/**
 * W7: W1 with more threads and partitions, and with stores that remember more and more closed requests. One after the
 * other and not in turns: as many applications as sizes would not fit into the machine at once.
 */
public final class Scaling {
    private static final String W7 = "W7";
    private static final int FIRST = 10_000_000;

    private final Stage stage;
    private final Templates templates;

    public Scaling(Stage stage, Templates templates) {
        this.stage = stage;
        this.templates = templates;
    }

    public void run() {
        for (int threads : stage.scale().threads()) {
            PipelineOptions options = stage.options()
                    .withName("w7t" + threads)
                    .withThreads(threads)
                    .withPartitions(threads);
            measure("%d threads, %d partitions".formatted(threads, threads), Pipeline.prepare(stage.lab(), options));
        }
        Rows rows = templates.closed();
        stage.results().note("W7: a closed request is remembered by a row of %d bytes.".formatted(rows.bytes()));
        for (int markers : stage.scale().markers()) {
            Pipeline pipeline = Pipeline.prepare(stage.lab(), stage.options().withName("w7m" + markers));
            rows.copyTo(pipeline, FIRST, markers);
            measure("%,d remembered".formatted(markers), pipeline);
        }
    }

    private void measure(String contender, Pipeline pipeline) {
        try {
            long startedAt = System.nanoTime();
            pipeline.launch();
            stage.add(W7, contender, "start", "s", (System.nanoTime() - startedAt) / 1e9);
            for (int round = 0; round < stage.loops().fewRounds(); round++) {
                round(
                        contender,
                        pipeline,
                        round == 0 ? stage.loops().freshWarmUp() : stage.loops().warmUp());
            }
        } finally {
            stage.clear(pipeline);
        }
    }

    private void round(String contender, Pipeline pipeline, Duration warmUp) {
        stage.awaitQuiet();
        Measured measured = pipeline.closedLoop(
                warmUp, stage.loops().measured(), stage.loops().inFlight());
        stage.add(W7, contender, "closed requests per second", "/s", measured.rate());
        stage.add(W7, contender, "processor time per request", "µs", measured.contenderCores() * 1e6 / measured.rate());
        Correctness.add(stage, W7, contender, measured.lost(), measured.doubled());
    }
}
