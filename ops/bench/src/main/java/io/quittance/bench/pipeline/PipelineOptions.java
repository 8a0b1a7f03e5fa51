package io.quittance.bench.pipeline;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a pipeline is set up.
 *
 * @param name of its topics and folders; one pipeline per name
 * @param classPath the application's, as for {@code java -cp}
 * @param jvmOptions of the application's JVM
 * @param threads {@code num.stream.threads}
 * @param partitions of every topic that may have several
 * @param settings of the application, beyond what the benchmark needs set
 * @param answerWithin how long approvers have before the request expires
 */
public record PipelineOptions(
        String name,
        String classPath,
        List<String> jvmOptions,
        int threads,
        int partitions,
        Map<String, String> settings,
        Duration answerWithin) {

    /** Systems of every request, alphabetic. */
    public static final List<String> SYSTEMS = List.of("billing", "index", "mail", "shop");

    public PipelineOptions {
        jvmOptions = List.copyOf(jvmOptions);
        settings = Map.copyOf(settings);
    }

    public PipelineOptions withName(String changed) {
        return new PipelineOptions(changed, classPath, jvmOptions, threads, partitions, settings, answerWithin);
    }

    public PipelineOptions withThreads(int changed) {
        return new PipelineOptions(name, classPath, jvmOptions, changed, partitions, settings, answerWithin);
    }

    public PipelineOptions withPartitions(int changed) {
        return new PipelineOptions(name, classPath, jvmOptions, threads, changed, settings, answerWithin);
    }

    public PipelineOptions withAnswerWithin(Duration changed) {
        return new PipelineOptions(name, classPath, jvmOptions, threads, partitions, settings, changed);
    }

    public PipelineOptions withJvmOptions(List<String> changed) {
        return new PipelineOptions(name, classPath, changed, threads, partitions, settings, answerWithin);
    }

    public PipelineOptions withSetting(String key, String value) {
        var changed = new LinkedHashMap<>(settings);
        changed.put(key, value);
        return new PipelineOptions(name, classPath, jvmOptions, threads, partitions, changed, answerWithin);
    }
}
