package io.quittance.proving.cli;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import io.quittance.proving.check.Verdict;
import io.quittance.proving.check.Violation;
import io.quittance.proving.cli.Plan.Places;
import io.quittance.proving.nemesis.Fault;
import io.quittance.proving.sabotage.PlantedBug;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Runs each planted bug, for as long as it needs to show, and says what caught it. */
final class Planted {
    private static final Duration WITHOUT_FAULTS = Duration.ofSeconds(30);
    private static final Duration WITH_FAULTS = Duration.ofSeconds(75);
    /** What a bug keeps from ending need not be waited for. */
    private static final Duration REST = Duration.ofSeconds(60);

    private final Places places;
    private final Path directory;
    private final long seed;
    private final double perSecond;
    private final Clock clock;
    private final Consumer<String> progress;

    Planted(Places places, Path directory, long seed, double perSecond, Clock clock, Consumer<String> progress) {
        this.places = places;
        this.directory = directory;
        this.seed = seed;
        this.perSecond = perSecond;
        this.clock = clock;
        this.progress = progress;
    }

    /**
     * What became of a bug.
     *
     * @param by violations by invariant; empty if none
     * @param after from the first request to the first one with which something went wrong
     */
    record Caught(PlantedBug bug, TreeMap<String, Long> by, Duration after, String example) {
        boolean isCaught() {
            return !by.isEmpty();
        }
    }

    List<Caught> plant(List<PlantedBug> bugs) {
        var caught = new ArrayList<Caught>();
        for (PlantedBug bug : bugs) {
            progress.accept("planting " + bug.id() + ": " + bug.description());
            Path where = directory.resolve(bug.id());
            caught.add(judged(bug, new Run(plan(bug, where), clock, progress).prove()));
        }
        return caught;
    }

    private Plan plan(PlantedBug bug, Path where) {
        List<Fault> faults = bug.faults().stream().map(Fault::of).toList();
        Duration load = faults.isEmpty() ? WITHOUT_FAULTS : WITH_FAULTS;
        return new Plan(where, places, seed, load, perSecond, faults, true, REST, bug);
    }

    private static Caught judged(PlantedBug bug, Verdict verdict) {
        TreeMap<String, Long> by = verdict.violations().stream()
                .collect(Collectors.groupingBy(Violation::invariant, TreeMap::new, Collectors.counting()));
        long start = verdict.run().startedAt();
        long first = verdict.violations().stream()
                .mapToLong(Violation::from)
                .filter(at -> at > start)
                .min()
                .orElse(start);
        String example = verdict.violations().stream()
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

    private static com.github.freva.asciitable.ColumnData<Caught> column(
            String head, java.util.function.Function<Caught, String> text) {
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
