package io.quittance.proving.cli;

import io.quittance.proving.check.Table;
import io.quittance.proving.check.Table.Column;
import io.quittance.proving.check.Verdict;
import io.quittance.proving.check.VerdictWriter;
import io.quittance.proving.cli.Planted.Caught;
import io.quittance.proving.cli.Planted.Outcome;
import io.quittance.proving.history.RunInfo;
import io.quittance.proving.sabotage.PlantedBug;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What became of planted bugs, for people. */
final class PlantedReport {
    private static final String FILE = "planted.md";
    private static final int WIDTH = 50;

    private static final Table<Caught> BUGS = new Table<>(List.of(
            column("bug", row -> row.bug().id() + ": " + row.bug().description()),
            column("breaks", row -> row.bug().promise()),
            column("caught by", row -> row.isCaught() ? counts(row) : "NOT CAUGHT"),
            column("after", row -> row.isCaught() ? row.after().toSeconds() + " s" : ""),
            column("for instance", Caught::example)));

    private PlantedReport() {}

    /** What an earlier run said is not to be taken for what this one says, however it ends. */
    static void forget(Path directory) {
        try {
            Files.deleteIfExists(directory.resolve(FILE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes {@code planted.md} beside the runs. */
    static void write(Outcome outcome, Path directory) {
        try {
            Files.writeString(directory.resolve(FILE), markdown(outcome));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For a terminal. */
    static String text(Outcome outcome) {
        return BUGS.text(outcome.caught(), WIDTH);
    }

    static String markdown(Outcome outcome) {
        long caught = outcome.caught().stream().filter(Caught::isCaught).count();
        return "# Planted bugs: " + caught + " of " + outcome.caught().size() + " caught\n\n"
                + outcome.controls().stream()
                        .findFirst()
                        .map(PlantedReport::origin)
                        .orElse("")
                + outcome.controls().stream().map(PlantedReport::control).collect(Collectors.joining())
                + BUGS.markdown(outcome.caught())
                + leftOut(outcome);
    }

    private static String origin(Verdict control) {
        RunInfo run = control.run();
        return "Seed " + run.seed() + ", revision " + run.revision() + ", " + run.machine() + ".\n\n";
    }

    /** That promises were kept, and what it does not prove: half a minute need not hold something for each. */
    private static String control(Verdict verdict) {
        String faults = verdict.run().options().getOrDefault(RunInfo.FAULTS, "");
        return "Nothing planted, " + (faults.isEmpty() ? "no faults" : faults.replace(",", ", "))
                + ": every promise was kept (" + VerdictWriter.scope(verdict) + ")"
                + verdict.shortcomings().stream()
                        .map(phrase -> ", though " + phrase)
                        .collect(Collectors.joining())
                + ".\n\n";
    }

    private static String leftOut(Outcome outcome) {
        List<PlantedBug> planted = outcome.caught().stream().map(Caught::bug).toList();
        String others = Arrays.stream(PlantedBug.values())
                .filter(bug -> !planted.contains(bug))
                .map(PlantedBug::id)
                .collect(Collectors.joining(", "));
        return others.isEmpty() ? "" : "\nNot planted: " + others + ".\n";
    }

    private static String counts(Caught row) {
        return row.by().entrySet().stream()
                .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
                .collect(Collectors.joining(", "));
    }

    private static Column<Caught> column(String head, Function<Caught, String> text) {
        return new Column<>(head, false, text);
    }
}
