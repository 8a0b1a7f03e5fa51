package io.quittance.proving.cli;

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
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs each planted bug, for as long as it needs to show, and says what caught it. */
final class Planted {
    private static final List<String> CONTROL_FAULTS =
            List.of("kill-app", "pause-app", "kill-worker", "slow-target", "poison");
    /** What a bug keeps from ending need not be waited for. */
    private static final Duration REST = Duration.ofSeconds(90);

    private final Path directory;
    private final long seed;
    private final @Nullable Double perSecond;
    private final Consumer<String> progress;

    /** @param perSecond null for what suits each */
    Planted(Path directory, long seed, @Nullable Double perSecond, Consumer<String> progress) {
        this.directory = directory;
        this.seed = seed;
        this.perSecond = perSecond;
        this.progress = progress;
    }

    /** What runs are like. Each shape has a control, for what a bug does must not be what slowness does. */
    private enum Shape {
        /** As many requests as are carried even while everything starts. */
        WITHOUT_FAULTS("nothing-breaks", List.of(), Duration.ofSeconds(30), 6, REST),
        /** More, because limits only show under pressure. */
        WITH_FAULTS("nothing", CONTROL_FAULTS, Duration.ofSeconds(75), 10, Duration.ofMinutes(4));

        private final String control;
        private final List<String> faults;
        private final Duration load;
        private final double perSecond;
        /** Of the control: what a fault keeps from ending has to be waited for. */
        private final Duration rest;

        Shape(String control, List<String> faults, Duration load, double perSecond, Duration rest) {
            this.control = control;
            this.faults = faults;
            this.load = load;
            this.perSecond = perSecond;
            this.rest = rest;
        }

        static Shape of(PlantedBug bug) {
            return bug.faults().isEmpty() ? WITHOUT_FAULTS : WITH_FAULTS;
        }
    }

    /**
     * What became of a bug.
     *
     * @param by violations by invariant; empty if none
     * @param after from the first request until the first of those with which something went wrong was over
     */
    record Caught(PlantedBug bug, TreeMap<String, Long> by, Duration after, String example) {
        /** What else is broken may be of the machine. */
        boolean isCaught() {
            return by.containsKey(bug.promise());
        }
    }

    /**
     * What became of all of them.
     *
     * @param controls verdicts of the runs with nothing planted; in each every promise was kept
     */
    record Outcome(List<Verdict> controls, List<Caught> caught) {
        boolean isEachCaught() {
            return caught.stream().allMatch(Caught::isCaught);
        }
    }

    Outcome plant(List<PlantedBug> bugs) {
        List<Verdict> controls =
                bugs.stream().map(Shape::of).distinct().map(this::control).toList();
        var caught = new ArrayList<Caught>();
        for (PlantedBug bug : bugs) {
            progress.accept("planting " + bug.id() + ": " + bug.description());
            Path where = directory.resolve(bug.id());
            run(bug.id(), where);
            ensurePlanted(bug, where.resolve("history").resolve("logs"));
            caught.add(judged(bug, VerdictWriter.read(new HistoryDirectory(where.resolve("history")))));
        }
        return new Outcome(controls, caught);
    }

    /** To catch a bug proves something only where nothing is caught without one. */
    private Verdict control(Shape shape) {
        progress.accept("planting nothing, " + (shape.faults.isEmpty() ? "without" : "with")
                + " faults: every promise has to be kept");
        Path where = directory.resolve(shape.control);
        run(shape.control, where);
        Verdict verdict = VerdictWriter.read(new HistoryDirectory(where.resolve("history")));
        if (!isKept(verdict)) {
            throw new IllegalStateException("Promises are broken without any bug planted, so that catching one proves"
                    + " nothing: see " + where + "/history/verdict.md.");
        }
        return verdict;
    }

    /** Half a minute need not hold something for each promise. */
    static boolean isKept(Verdict control) {
        return control.violations().isEmpty() && control.run().quiescent();
    }

    /**
     * What a run is like.
     *
     * @param what id of a bug, or of a control
     * @param perSecond null for what suits it
     * @throws IllegalArgumentException if there is none of that id
     */
    static Plan plan(String what, Path where, Places places, long seed, @Nullable Double perSecond) {
        return Arrays.stream(Shape.values())
                .filter(shape -> shape.control.equals(what))
                .findFirst()
                .map(shape -> plan(shape, shape.faults, shape.rest, null, where, places, seed, perSecond))
                .orElseGet(() -> {
                    PlantedBug bug = PlantedBug.of(what);
                    return plan(Shape.of(bug), bug.faults(), REST, bug, where, places, seed, perSecond);
                });
    }

    private static Plan plan(
            Shape shape,
            List<String> faults,
            Duration rest,
            @Nullable PlantedBug bug,
            Path where,
            Places places,
            long seed,
            @Nullable Double perSecond) {
        return new Plan(
                where,
                places,
                seed,
                shape.load,
                perSecond == null ? shape.perSecond : perSecond,
                faults.stream().map(Fault::of).toList(),
                true,
                rest,
                bug);
    }

    /** In a process of its own: a ground has the machine's namespaces to itself. */
    private void run(String what, Path where) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(ParentWatch.class.getName(), Proving.class.getName()));
        command.addAll(List.of("--with-bug", what, "--seed", Long.toString(seed)));
        command.addAll(List.of("--directory", where.toString()));
        if (perSecond != null) {
            command.addAll(List.of("--rate", Double.toString(perSecond)));
        }
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            int exit = process.waitFor();
            if (exit != 0 && exit != 1) {
                throw new IllegalStateException("the run with " + what + " ended with exit code " + exit);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running with " + what, e);
        }
    }

    /** A bug that was never there, or only half, must not look like one that was not found. */
    static void ensurePlanted(PlantedBug bug, Path logs) {
        List<String> missing = new ArrayList<>(Agent.marks(bug));
        try (Stream<Path> files = Files.walk(logs)) {
            files.filter(Files::isRegularFile).forEach(log -> missing.removeAll(marksIn(log)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!missing.isEmpty()) {
            throw new IllegalStateException("The bug " + bug.id() + " was not planted as a whole, as no process said "
                    + missing + ": has a class been renamed? See Agent.java.");
        }
    }

    private static Set<String> marksIn(Path log) {
        try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
            return lines.map(String::strip).filter(Agent::isMark).collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Caught judged(PlantedBug bug, Verdict verdict) {
        TreeMap<String, Long> by = verdict.violations().stream()
                .collect(Collectors.groupingBy(Violation::invariant, TreeMap::new, Collectors.counting()));
        long start = verdict.run().startedAt();
        long first = verdict.violations().stream()
                .filter(violation -> violation.invariant().equals(bug.promise()))
                .mapToLong(violation -> violation.until() == Long.MAX_VALUE ? violation.from() : violation.until())
                .filter(at -> at > start)
                .min()
                .orElse(start);
        String example = verdict.violations().stream()
                .filter(violation -> violation.invariant().equals(bug.promise()))
                .findFirst()
                .map(Violation::sentence)
                .orElse("");
        return new Caught(bug, by, Duration.ofMillis(first - start), example);
    }
}
