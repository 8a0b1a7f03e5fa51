package io.quittance.proving.cli;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import com.github.freva.asciitable.HorizontalAlign;
import io.quittance.harness.child.ParentWatch;
import io.quittance.proving.check.Verdict;
import io.quittance.proving.check.VerdictWriter;
import io.quittance.proving.check.Violation;
import io.quittance.proving.cli.Plan.Places;
import io.quittance.proving.history.HistoryDirectory;
import io.quittance.proving.nemesis.Fault;
import io.quittance.proving.sabotage.Agent;
import io.quittance.proving.sabotage.PlantedBug;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs each planted bug, for as long as it needs to show, and says what caught it. */
final class Planted {
    /** Instead of a bug. */
    static final String NOTHING = "nothing";

    private static final List<String> CONTROL_FAULTS = List.of("kill-app", "pause-app", "slow-target", "poison");
    private static final Duration WITHOUT_FAULTS = Duration.ofSeconds(30);
    private static final Duration WITH_FAULTS = Duration.ofSeconds(75);
    /** What a bug keeps from ending need not be waited for. */
    private static final Duration REST = Duration.ofSeconds(60);

    private static final Duration REST_AFTER_FAULTS = Duration.ofMinutes(4);

    private final Path directory;
    private final long seed;
    private final double perSecond;
    private final Consumer<String> progress;

    Planted(Path directory, long seed, double perSecond, Consumer<String> progress) {
        this.directory = directory;
        this.seed = seed;
        this.perSecond = perSecond;
        this.progress = progress;
    }

    /**
     * What became of a bug.
     *
     * @param by violations by invariant; empty if none
     * @param after from the first request until the first of those with which something went wrong was over
     */
    record Caught(PlantedBug bug, TreeMap<String, Long> by, Duration after, String example) {
        boolean isCaught() {
            return bug.breaks().stream().anyMatch(by::containsKey);
        }
    }

    List<Caught> plant(List<PlantedBug> bugs) {
        control();
        var caught = new ArrayList<Caught>();
        for (PlantedBug bug : bugs) {
            progress.accept("planting " + bug.id() + ": " + bug.description());
            Path where = directory.resolve(bug.id());
            run(bug.id(), where);
            ensurePlanted(bug, where);
            caught.add(judged(bug, VerdictWriter.read(new HistoryDirectory(where.resolve("history")))));
        }
        return caught;
    }

    /** To catch a bug proves something only where nothing is caught without one. */
    private void control() {
        progress.accept("planting nothing: every promise has to be kept");
        Path where = directory.resolve(NOTHING);
        run(NOTHING, where);
        if (!VerdictWriter.read(new HistoryDirectory(where.resolve("history"))).green()) {
            throw new IllegalStateException("Promises are broken without any bug planted, so that catching one proves"
                    + " nothing: see " + where + "/history/verdict.md.");
        }
    }

    /** What a run with the bug is like, or without any. */
    static Plan plan(@Nullable PlantedBug bug, Path where, Places places, long seed, double perSecond) {
        List<Fault> faults = (bug == null ? CONTROL_FAULTS : bug.faults())
                .stream().map(Fault::of).toList();
        Duration load = faults.isEmpty() ? WITHOUT_FAULTS : WITH_FAULTS;
        return new Plan(
                where, places, seed, load, perSecond, faults, true, faults.isEmpty() ? REST : REST_AFTER_FAULTS, bug);
    }

    /** In a process of its own: a ground has the machine's namespaces to itself. */
    private void run(String bug, Path where) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(ParentWatch.class.getName(), Proving.class.getName()));
        command.addAll(List.of("--with-bug", bug, "--seed", Long.toString(seed)));
        command.addAll(List.of("--rate", Double.toString(perSecond), "--directory", where.toString()));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            int exit = process.waitFor();
            if (exit != 0 && exit != 1) {
                throw new IllegalStateException("the run with " + bug + " ended with exit code " + exit);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running with " + bug, e);
        }
    }

    /** A bug that was never there must not look like one that was not found. */
    private static void ensurePlanted(PlantedBug bug, Path where) {
        try (Stream<Path> logs = Files.walk(where.resolve("history").resolve("logs"))) {
            boolean planted = logs.filter(Files::isRegularFile).anyMatch(Planted::saysPlanted);
            if (!planted) {
                throw new IllegalStateException("The bug " + bug.id()
                        + " was never planted: has the method it goes into been renamed? See Agent.java.");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean saysPlanted(Path log) {
        try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
            return lines.anyMatch(line -> line.contains(Agent.PLANTED));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Caught judged(PlantedBug bug, Verdict verdict) {
        TreeMap<String, Long> by = verdict.violations().stream()
                .collect(Collectors.groupingBy(Violation::invariant, TreeMap::new, Collectors.counting()));
        long start = verdict.run().startedAt();
        long first = verdict.violations().stream()
                .filter(violation -> bug.breaks().contains(violation.invariant()))
                .mapToLong(violation -> violation.until() == Long.MAX_VALUE ? violation.from() : violation.until())
                .filter(at -> at > start)
                .min()
                .orElse(start);
        String example = verdict.violations().stream()
                .filter(violation -> bug.breaks().contains(violation.invariant()))
                .findFirst()
                .map(Violation::sentence)
                .orElse("");
        return new Caught(bug, by, Duration.ofMillis(first - start), example);
    }

    static String table(List<Caught> caught) {
        return AsciiTable.getTable(
                caught,
                List.of(
                        column("bug", row -> row.bug().id() + ": " + row.bug().description()),
                        column("caught by", row -> row.isCaught() ? counts(row) : "NOT CAUGHT"),
                        column("after", row -> row.isCaught() ? row.after().toSeconds() + " s" : ""),
                        column("for instance", Caught::example)));
    }

    private static ColumnData<Caught> column(String head, Function<Caught, String> text) {
        return new Column()
                .header(head)
                .dataAlign(HorizontalAlign.LEFT)
                .maxWidth(50)
                .with(text);
    }

    private static String counts(Caught row) {
        return row.by().entrySet().stream()
                .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
                .collect(Collectors.joining(", "));
    }
}
