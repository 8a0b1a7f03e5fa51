package io.quittance.bench.workload;

import io.quittance.bench.pipeline.Pipeline;
import io.quittance.bench.pipeline.PipelineOptions;
import io.quittance.bench.process.Lab;
import io.quittance.bench.process.Machine;
import io.quittance.bench.report.Figures;
import io.quittance.bench.report.Metric;
import io.quittance.bench.report.Results;
import java.util.function.Consumer;

/**
 * What a workload is given.
 *
 * @param lab broker and registry
 * @param main the pipeline that W1 is measured on, one instance, warm
 * @param options for further pipelines
 * @param scale how much and how long
 * @param results where figures go
 * @param progress for people who watch
 */
public record Stage(
        Lab lab, Pipeline main, PipelineOptions options, Scale scale, Results results, Consumer<String> progress) {
    static final String PIPELINE = "pipeline";

    void add(String workload, String contender, String name, String unit, double value) {
        results.add(new Metric(workload, contender, name, unit), value);
        progress.accept("%s %s: %s %s %s".formatted(workload, contender, name, Figures.text(value), unit));
    }

    /** Before each turn: what was done before is not for it to pay. */
    void awaitQuiet() {
        Machine.awaitQuiet(loops().quietWithin());
        results.addLoad(Machine.load());
    }

    Loops loops() {
        return scale.loops();
    }

    /** Deletes what a pipeline has left on the broker: the next one wants the disk and the page cache. */
    void clear(Pipeline pipeline) {
        pipeline.close();
        lab.deleteTopics(pipeline.name());
    }
}
