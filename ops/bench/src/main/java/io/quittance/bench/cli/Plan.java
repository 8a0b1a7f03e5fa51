package io.quittance.bench.cli;

import io.quittance.bench.contender.ContenderFactory;
import io.quittance.bench.pipeline.PipelineOptions;
import io.quittance.bench.workload.Scale;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What a run is to do.
 *
 * @param workloads which
 * @param peers beside the pipeline, in W1 and W2
 * @param scale how much and how long
 * @param options of the pipeline
 * @param jvmOptions of broker and application
 * @param profile whether to say where the application's time goes
 * @param directory for the report and what is left to look at
 */
record Plan(
        Set<Workload> workloads,
        List<ContenderFactory> peers,
        Scale scale,
        PipelineOptions options,
        List<String> jvmOptions,
        boolean profile,
        Path directory) {}
