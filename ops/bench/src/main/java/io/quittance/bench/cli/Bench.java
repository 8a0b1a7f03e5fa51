package io.quittance.bench.cli;

import io.quittance.bench.contender.Latencies;
import io.quittance.bench.contender.Measured;
import io.quittance.bench.pipeline.Pipeline;
import io.quittance.bench.pipeline.PipelineOptions;
import io.quittance.bench.process.Lab;
import io.quittance.bench.raw.RawLimit;
import io.quittance.bench.raw.Sample;
import io.quittance.contract.Topics;
import io.quittance.harness.Reaper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures. */
@Command(name = "ops/bench.sh", mixinStandardHelpOptions = true, sortOptions = false)
public final class Bench implements Callable<Integer> {
    @Option(names = "--only", split = ",", description = "Workloads: raw, W1, …, W7. Default: all.")
    private List<String> only = List.of("raw", "W1");

    @Option(names = "--quick")
    private boolean quick;

    @Option(names = "--rounds", defaultValue = "1")
    private int rounds;

    @Option(names = "--threads", defaultValue = "2")
    private int threads;

    @Option(names = "--partitions", defaultValue = "4")
    private int partitions;

    @Option(names = "--warm-up", defaultValue = "20", description = "Seconds.")
    private int warmUp;

    @Option(names = "--in-flight", defaultValue = "2000")
    private int inFlight;

    @Option(names = "--directory", defaultValue = "ops/bench/target/run")
    private Path directory;

    @Option(names = "--app-classpath")
    private String appClassPath = System.getProperty("java.class.path");

    @Option(names = "--app-option")
    private Map<String, String> appOptions = new LinkedHashMap<>();

    @Option(names = "--app-jvm")
    private List<String> appJvm = new ArrayList<>();

    public static void main(String[] arguments) {
        int exit = 1;
        try {
            exit = new CommandLine(new Bench()).execute(arguments);
        } finally {
            System.exit(exit);
        }
    }

    @Override
    public Integer call() throws Exception {
        List<String> jvm = new ArrayList<>(List.of("-Xmx1g"));
        jvm.addAll(appJvm);
        var options =
                new PipelineOptions("pipeline", appClassPath, jvm, threads, partitions, appOptions, Duration.ofDays(3));
        Duration warm = Duration.ofSeconds(warmUp);
        Duration measure = Duration.ofSeconds(10);
        try (var reaper = Reaper.temporary(directory);
                var lab = Lab.open(reaper);
                var pipeline = Pipeline.start(lab, options)) {
            for (int round = 0; round < rounds; round++) {
                Measured w1 = pipeline.closedLoop(warm, measure, inFlight);
                System.out.printf(
                        "W1 %.0f requests/s, N %.1f, %.0f bytes/request, lost %d, doubled %d, driver %.2f cores, app+broker %.2f cores%n",
                        w1.rate(),
                        java.util.Objects.requireNonNull(w1.log()).recordsPerRequest(),
                        java.util.Objects.requireNonNull(w1.log()).bytesPerRequest(),
                        w1.lost(),
                        w1.doubled(),
                        w1.driverCores(),
                        w1.contenderCores());
                if (only.contains("W2")) {
                    Latencies w2 = pipeline.openLoop(w1.rate() / 2, Duration.ofSeconds(5), measure);
                    System.out.printf(
                            "W2 at %.0f/s (got %.0f), approval→task p50 %.1f p99 %.1f p999 %.1f ms; lost %d%n",
                            w2.offered(),
                            w2.achieved(),
                            w2.approvalToTask().getValueAtPercentile(50) / 1e3,
                            w2.approvalToTask().getValueAtPercentile(99) / 1e3,
                            w2.approvalToTask().getValueAtPercentile(99.9) / 1e3,
                            w2.lost());
                }
                if (only.contains("raw")) {
                    var sample = Sample.of(lab.bootstrapServers(), Topics.withPrefix("pipeline."), 10);
                    for (int t = 1; t <= 2; t++) {
                        try (var raw = RawLimit.start(lab, sample, partitions, t, Duration.ofMillis(100), Map.of())) {
                            double rate = raw.run(Duration.ofSeconds(4), Duration.ofSeconds(6));
                            System.out.printf(
                                    "raw %d threads: %.0f records/s of %.0f bytes; U = %.3f%n",
                                    t, rate, sample.meanBytes(), w1.rate() * 12 / rate);
                        }
                    }
                }
            }
        }
        return 0;
    }
}
