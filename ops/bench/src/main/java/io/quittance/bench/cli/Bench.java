package io.quittance.bench.cli;

import io.quittance.bench.contender.ContenderFactory;
import io.quittance.bench.peer.Peers;
import io.quittance.bench.pipeline.PipelineOptions;
import io.quittance.bench.process.Machine;
import io.quittance.bench.report.Report;
import io.quittance.bench.report.Results;
import io.quittance.bench.report.RunInfo;
import io.quittance.bench.workload.Loops;
import io.quittance.bench.workload.Scale;
import io.quittance.harness.HarnessException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How fast the pipeline is, next to what its log can do and to what people would build instead. */
@Command(
        name = "ops/bench.sh",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Measures the pipeline, the log under it, and what people would build instead, on this machine.",
        footer = {
            "",
            "Workloads: raw (what the log can take), W1 (closed loop), W2 (open loop), W3 (many waiting),",
            "W4 (many expiring at once), W5 (a slow system), W6 (kill -9), W7 (threads; growing stores).",
            "Figures mean little while anything else runs on the machine.",
            "",
            "Exit codes: 0 ok, 1 a part did not start, 2 usage, 3 something was lost or doubled, 130 Ctrl-C"
        })
public final class Bench implements Callable<Integer> {
    private static final int NOT_STARTED = 1;
    private static final int WRONG = 3;
    private static final int STOPPED = 130;
    private static final String NO_PEER = "none";
    private static final List<String> QUICK_TO_START = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    @Spec
    private CommandSpec spec;

    @Option(names = "--only", split = ",", paramLabel = "W", description = "These workloads alone: raw,W1,…,W7.")
    private List<Workload> only = List.of(Workload.values());

    @Option(
            names = "--contenders",
            split = ",",
            paramLabel = "NAME",
            description =
                    "These peers alone, beside the pipeline: postgres, postgres-by-event, camunda, flowable, naive; or none.")
    private @Nullable List<String> contenders;

    @Option(names = "--quick", description = "Every workload once, tiny: whether it works, not how fast it is.")
    private boolean quick;

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds of the comparison. Default: 5, with --quick 1.")
    private @Nullable Integer rounds;

    @Option(
            names = "--warm-up",
            paramLabel = "S",
            description = "Seconds for a JVM that has just started. Default: 45, with --quick 1.")
    private @Nullable Integer warmUp;

    @Option(
            names = "--in-flight",
            paramLabel = "N",
            description = "Requests open at once in closed loops. Default: 2000, with --quick 50.")
    private @Nullable Integer inFlight;

    @Option(
            names = "--waiting",
            paramLabel = "N",
            description = "W3: requests that wait. Default: 1000000, with --quick 2000.")
    private @Nullable Integer waiting;

    @Option(
            names = "--markers",
            split = ",",
            paramLabel = "N",
            description = "W7: sizes of the stores, in closed requests. Default: 10000,100000,1000000,10000000.")
    private @Nullable List<Integer> markers;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "2",
            description = "The application's. Default: ${DEFAULT-VALUE}.")
    private int threads;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "4",
            description = "Of each topic. Default: ${DEFAULT-VALUE}.")
    private int partitions;

    @Option(
            names = "--app-option",
            paramLabel = "KEY=VALUE",
            description = "A setting of the application; may be repeated.")
    private Map<String, String> appOptions = new LinkedHashMap<>();

    @Option(
            names = "--app-jvm",
            paramLabel = "FLAG",
            description = "An option of its JVM, such as -Xmx2g; may be repeated.")
    private List<String> appJvm = new ArrayList<>();

    @Option(
            names = "--app-classpath",
            paramLabel = "PATH",
            description = "The application of another build. Default: this one's.")
    private String appClassPath = System.getProperty("java.class.path");

    @Option(names = "--profile", description = "Say where the application's time goes in W1 (flight recorder).")
    private boolean profile;

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            defaultValue = "ops/bench/target/bench",
            description = "For the report. Default: ${DEFAULT-VALUE}.")
    private Path directory;

    @Option(names = "--json", description = "Print bench.json at the end; progress goes to standard error.")
    private boolean json;

    private List<String> arguments = List.of();

    public static void main(String[] arguments) {
        System.setProperty("java.awt.headless", "true");
        int exit = NOT_STARTED;
        try {
            exit = run(arguments);
        } finally {
            // Also after an error: clients have threads that would keep the JVM.
            System.exit(exit);
        }
    }

    static int run(String... arguments) {
        var bench = new Bench();
        bench.arguments = List.of(arguments);
        return new CommandLine(bench).setCaseInsensitiveEnumValuesAllowed(true).execute(arguments);
    }

    @Override
    public Integer call() throws IOException {
        Instant startedAt = Clock.systemUTC().instant();
        var cleanedUp = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(interrupting(Thread.currentThread(), cleanedUp));
        PrintStream out = json ? System.err : System.out;
        try {
            Plan plan = plan();
            Files.createDirectories(directory);
            var results = new Results();
            var run = new Run(plan, results, line -> out.println("%5d s  %s".formatted(since(startedAt), line)));
            tell(Recorded.write(run::go, results, info(plan, startedAt), directory), out);
            return isWrong(results) ? WRONG : CommandLine.ExitCode.OK;
        } catch (HarnessException e) {
            System.err.println("bench: " + e.getMessage() + (e.getCause() == null ? "" : ": " + e.getCause()));
            return NOT_STARTED;
        } catch (InterruptedException stopped) {
            return STOPPED;
        } finally {
            cleanedUp.countDown();
        }
    }

    private Plan plan() {
        Scale scale = quick ? Scale.quick() : Scale.full();
        Loops loops = scale.loops();
        loops = rounds == null ? loops : loops.withRounds(rounds);
        loops = warmUp == null ? loops : loops.withFreshWarmUp(Duration.ofSeconds(warmUp));
        loops = inFlight == null ? loops : loops.withInFlight(inFlight);
        scale = scale.withLoops(loops);
        scale = waiting == null ? scale : scale.withWaiting(waiting);
        scale = markers == null ? scale : scale.withMarkers(markers);
        List<String> common = quick ? QUICK_TO_START : List.of();
        List<String> jvm = Stream.of(List.of("-Xmx1g"), common, appJvm)
                .flatMap(List::stream)
                .toList();
        var options =
                new PipelineOptions("pipeline", appClassPath, jvm, threads, partitions, appOptions, Duration.ofDays(3));
        return new Plan(EnumSet.copyOf(only), peers(), scale, options, common, profile, directory);
    }

    private List<ContenderFactory> peers() {
        if (contenders == null) {
            return Peers.all();
        }
        List<String> known = Stream.concat(Peers.all().stream().map(ContenderFactory::name), Stream.of(NO_PEER))
                .toList();
        for (String name : contenders) {
            if (!known.contains(name)) {
                throw new ParameterException(
                        spec.commandLine(), "--contenders: no peer is called %s; take of %s".formatted(name, known));
            }
        }
        List<String> wanted = contenders;
        return Peers.all().stream().filter(peer -> wanted.contains(peer.name())).toList();
    }

    private RunInfo info(Plan plan, Instant startedAt) throws IOException {
        List<String> application = new ArrayList<>(plan.options().jvmOptions());
        application.add("num.stream.threads=" + threads);
        application.add("partitions=" + partitions);
        plan.options().settings().forEach((key, value) -> application.add(key + "=" + value));
        String command = ("ops/bench.sh " + String.join(" ", arguments)).strip();
        return new RunInfo(startedAt, Git.revision(), Machine.description(), command, application, true);
    }

    private void tell(Report report, PrintStream out) {
        out.println();
        report.goals()
                .forEach(goal -> out.printf(
                        "%-12s %s  %s: %s%n", goal.verdict().label(), goal.workload(), goal.wanted(), goal.measured()));
        out.println("\nReport: " + directory.resolve("bench.md"));
        if (json) {
            System.out.print(report.json());
        }
    }

    private static boolean isWrong(Results results) {
        return results.all().entrySet().stream()
                .filter(entry ->
                        List.of("lost", "doubled").contains(entry.getKey().name()))
                .anyMatch(entry -> entry.getValue().max() > 0);
    }

    private static long since(Instant startedAt) {
        return Duration.between(startedAt, Clock.systemUTC().instant()).toSeconds();
    }

    /** Ctrl-C interrupts whatever is being done and waits for it to be put away. */
    private static Thread interrupting(Thread main, CountDownLatch cleanedUp) {
        return new Thread(
                () -> {
                    main.interrupt();
                    try {
                        cleanedUp.await(30, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "bench-stop");
    }
}
