package io.quittance.bench.process;

import io.quittance.harness.HarnessException;
import io.quittance.harness.Reaper;
import io.quittance.harness.child.ParentWatch;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A JVM of its own, at full speed (no flag slows it down), that ends when this one does. */
public final class ChildJvm implements AutoCloseable {
    private final Reaper reaper;
    private final Process process;
    private final Path log;

    private ChildJvm(Reaper reaper, Process process, Path log) {
        this.reaper = reaper;
        this.process = process;
        this.log = log;
    }

    /**
     * What to run.
     *
     * @param name of the log file
     * @param directory it runs in
     * @param classPath as for {@code java -cp}
     * @param options of the JVM
     * @param mainClass what to run
     * @param arguments visible to everyone on the machine: no secrets
     */
    public record Launch(
            String name,
            Path directory,
            String classPath,
            List<String> options,
            String mainClass,
            List<String> arguments) {}

    public static ChildJvm start(Reaper reaper, Launch launch) {
        try {
            Files.createDirectories(launch.directory());
            Path log = launch.directory().resolve(launch.name() + ".log");
            Process process = new ProcessBuilder(command(launch))
                    .directory(launch.directory().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            reaper.adopt(process.toHandle());
            return new ChildJvm(reaper, process, log);
        } catch (IOException e) {
            throw new HarnessException("%s cannot be started in %s".formatted(launch.name(), launch.directory()), e);
        }
    }

    /** For loops that await an answer: to go on asking a dead process would hide why it died. */
    public void requireAlive() {
        if (!process.isAlive()) {
            throw new HarnessException("a process ended with exit code %d: see %s".formatted(process.exitValue(), log));
        }
    }

    public long pid() {
        return process.pid();
    }

    /** Processor time that it has taken so far. */
    public Duration processorTime() {
        return process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** As a power cut would: nothing is flushed, nobody is told. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Ends it in an orderly way. */
    @Override
    public void close() {
        reaper.end(process.toHandle());
    }

    private static List<String> command(Launch launch) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.net.preferIPv4Stack=true",
                "-Dlogback.configurationFile=io/quittance/bench/logback-child.xml"));
        command.addAll(launch.options());
        command.addAll(List.of("-cp", classPath(launch), ParentWatch.class.getName(), launch.mainClass()));
        command.addAll(launch.arguments());
        return command;
    }

    /**
     * Logging and the watch come from here; the rest from the class path asked for. Absolute, for it runs elsewhere.
     */
    private static String classPath(Launch launch) {
        return Stream.concat(
                        entries(System.getProperty("java.class.path"))
                                .filter(entry -> entry.contains("bench") || entry.contains("harness")),
                        entries(launch.classPath()))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Stream<String> entries(String classPath) {
        return Arrays.stream(classPath.split(File.pathSeparator)).filter(entry -> !entry.isEmpty());
    }
}
