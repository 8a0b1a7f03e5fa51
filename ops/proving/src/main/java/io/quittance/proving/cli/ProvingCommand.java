package io.quittance.proving.cli;

import io.quittance.proving.check.Checker;
import io.quittance.proving.check.Verdict;
import io.quittance.proving.check.VerdictWriter;
import io.quittance.proving.cli.Plan.Places;
import io.quittance.proving.history.HistoryDirectory;
import io.quittance.proving.nemesis.Fault;
import io.quittance.proving.sabotage.PlantedBug;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the proving ground, or judges again what an earlier run left behind. */
@Command(
        name = "proving.sh",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Starts three brokers, a registry, PostgreSQL, S3, two instances and two Connect workers; publishes a known"
                    + " load; breaks things; and judges what came of it by what is in the topics and in the systems.",
            "Exit code 0 if every promise was kept, 1 if not, 2 for a mistake in the options, 70 if the run itself broke."
        })
public final class ProvingCommand implements Callable<Integer> {
    /** Runs others, and needs no enclosure itself. */
    static final String PLANTED = "--planted";

    private static final Duration SHORT = Duration.ofSeconds(100);
    private static final int LONG_MINUTES = 60;
    /** As many as two cores carry while they carry everything else, so that what waits has a fault to blame. */
    private static final double RATE = 6;

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("HH:mm:ss");

    @Spec
    private CommandSpec spec;

    @ArgGroup
    private @Nullable Kind kind;

    /** Which of the forms. */
    static final class Kind {
        @Option(
                names = "--short",
                description = "A few minutes, six kinds of fault. This is what CI runs; the default.")
        private boolean brief;

        @Option(names = "--long", description = "An hour, or --minutes, of all faults.")
        private boolean lengthy;

        @Option(names = "--check", paramLabel = "DIR", description = "Judge the history in DIR again.")
        private @Nullable Path check;

        @Option(names = "--with-bug", hidden = true, description = "One run with a planted bug.")
        private @Nullable String withBug;

        @Option(names = PLANTED, description = "Run each planted bug; each has to be caught.")
        private boolean planted;
    }

    @Option(names = "--seed", paramLabel = "N", description = "Decides load and faults. Default: the time.")
    private @Nullable Long seed;

    @Option(names = "--minutes", paramLabel = "N", description = "How long requests are made.")
    private @Nullable Integer minutes;

    @Option(
            names = "--faults",
            split = ",",
            paramLabel = "KIND",
            description = "Kinds of fault, separated by commas; none for a run without. Default: all that fit.")
    private @Nullable List<String> faults;

    @Option(names = "--bugs", split = ",", paramLabel = "BUG", description = "With --planted: only these.")
    private @Nullable List<String> bugs;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description =
                    "Stories begun in a second, of one request or a few each. Default: 6; with --planted, 10 where"
                            + " the bug needs faults to show.")
    private @Nullable Double rate;

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            description = "Where everything is kept; made anew. Default: one in the module's target.")
    private @Nullable Path directory;

    @Option(names = "--json", description = "Print the verdict as JSON.")
    private boolean json;

    private final Places places;
    private final Path target;
    private final Clock clock;

    /** @param target where runs go by default */
    public ProvingCommand(Places places, Path target, Clock clock) {
        this.places = places;
        this.target = target;
        this.clock = clock;
        this.spec = CommandSpec.create();
    }

    @Override
    public Integer call() {
        Kind which = kind == null ? new Kind() : kind;
        if (which.check != null) {
            return print(judgedAgain(new HistoryDirectory(which.check)));
        }
        if (which.planted) {
            return plantedBugs();
        }
        return print(new Run(plan(which), clock, this::progress).prove());
    }

    private int plantedBugs() {
        List<PlantedBug> chosen = bugs == null
                ? Arrays.asList(PlantedBug.values())
                : bugs.stream().map(this::bug).toList();
        Path where = directory == null ? target.resolve("planted") : directory;
        PlantedReport.forget(where);
        var outcome = new Planted(where, seed == null ? 1 : seed, rate, this::progress).plant(chosen);
        PlantedReport.write(outcome, where);
        PrintWriter out = spec.commandLine().getOut();
        out.println(PlantedReport.text(outcome));
        return outcome.isEachCaught() ? 0 : 1;
    }

    private PlantedBug bug(String id) {
        return known(() -> PlantedBug.of(id));
    }

    /** What an option names. */
    private <T> T known(Supplier<T> named) {
        try {
            return named.get();
        } catch (IllegalArgumentException unknown) {
            throw new ParameterException(spec.commandLine(), String.valueOf(unknown.getMessage()));
        }
    }

    private static Verdict judgedAgain(HistoryDirectory history) {
        Verdict verdict = Checker.check(history);
        VerdictWriter.write(verdict, history);
        return verdict;
    }

    private Plan plan(Kind which) {
        long decided = seed == null ? clock.millis() : seed;
        if (which.withBug != null) {
            String what = which.withBug;
            Path where = directory == null ? target.resolve(what) : directory;
            return known(() -> Planted.plan(what, where, places, decided, rate));
        }
        Duration length = minutes != null
                ? Duration.ofMinutes(minutes)
                : which.lengthy ? Duration.ofMinutes(LONG_MINUTES) : SHORT;
        Path where = directory == null ? target.resolve("run-" + decided) : directory;
        progress("seed " + decided + ", everything goes to " + where);
        double perSecond = rate == null ? RATE : rate;
        return new Plan(where, places, decided, length, perSecond, faults(which), !which.lengthy, Plan.REST, null);
    }

    private List<Fault> faults(Kind which) {
        if (faults != null) {
            return faults.equals(List.of("none"))
                    ? List.of()
                    : faults.stream().map(this::fault).toList();
        }
        return which.lengthy
                ? Arrays.asList(Fault.values())
                : Run.shortFaults().stream().map(Fault::of).toList();
    }

    private Fault fault(String id) {
        return known(() -> Fault.of(id));
    }

    private int print(Verdict verdict) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? VerdictWriter.json(verdict) : VerdictWriter.text(verdict));
        return verdict.green() ? 0 : 1;
    }

    private void progress(String line) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(STAMP.withZone(ZoneId.systemDefault()).format(clock.instant()) + " " + line);
    }
}
