package io.quittance.proving.cli;

import io.quittance.harness.Awaiting;
import io.quittance.harness.HarnessException;
import io.quittance.proving.check.Checker;
import io.quittance.proving.check.Verdict;
import io.quittance.proving.check.VerdictWriter;
import io.quittance.proving.ground.Ground;
import io.quittance.proving.ground.GroundOptions;
import io.quittance.proving.ground.Part;
import io.quittance.proving.ground.RealGround;
import io.quittance.proving.history.HistoryDirectory;
import io.quittance.proving.history.RunInfo;
import io.quittance.proving.history.TopicsDump;
import io.quittance.proving.load.Driver;
import io.quittance.proving.load.Estate;
import io.quittance.proving.load.SystemsDump;
import io.quittance.proving.nemesis.Diary;
import io.quittance.proving.nemesis.Episode;
import io.quittance.proving.nemesis.Fault;
import io.quittance.proving.nemesis.Nemesis;
import io.quittance.proving.nemesis.NemesisOptions;
import io.quittance.proving.nemesis.Supervisor;
import io.quittance.proving.sabotage.AgentJar;
import io.quittance.proving.sabotage.PlantedBug;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** One run from an empty machine to its verdict. */
public final class Run {
    /** How long nothing may be written before nothing more is expected. */
    private static final Duration STILL = Duration.ofSeconds(6);

    private static final Duration BRISK = Duration.ofSeconds(1);
    /** A slow machine, or a short load, may not have come to every kind of fault when the load is over. */
    private static final Duration MORE_FOR_EACH = Duration.ofSeconds(20);

    private static final Duration LAST_ROUND = Duration.ofMinutes(4);
    private static final double SPARE = 1.3;
    /** Fewer have no one in some partition, for probes to ask about. */
    private static final int FEWEST_PEOPLE = 2_000;

    private final Plan plan;
    private final Clock clock;
    private final Consumer<String> progress;
    private long began;

    /** @param progress told a line at every step */
    public Run(Plan plan, Clock clock, Consumer<String> progress) {
        this.plan = plan;
        this.clock = clock;
        this.progress = progress;
    }

    /** Starts everything, breaks it, ends it, and judges. */
    public Verdict prove() {
        RunDirectory.anew(plan.directory());
        var history = new HistoryDirectory(plan.history());
        var info = new RunInfo(
                plan.seed(),
                clock.millis(),
                null,
                false,
                options(),
                Machine.revision(Path.of("").toAbsolutePath()),
                Machine.describe(),
                plan.planted() == null ? null : plan.planted().id());
        history.write(info);
        boolean quiescent = perform(history);
        history.write(info.begun(began).ended(clock.millis(), quiescent));
        progress.accept("judging");
        Verdict verdict = Checker.check(history);
        VerdictWriter.write(verdict, history);
        return verdict;
    }

    private boolean perform(HistoryDirectory history) {
        GroundOptions options = GroundOptions.in(
                        plan.ground(),
                        plan.places().distribution(),
                        plan.places().plugins())
                .withAppSettings(Estate.appSettings())
                .withJvmArguments(sabotage())
                .withOwnClocks(plan.faults().contains(Fault.CLOCK_STEP));
        try (RealGround ground = RealGround.start(options);
                var diary = new Diary(history.nemesis(), clock)) {
            progress.accept("brokers, registry, database and object store are up");
            Estate.publish(ground, plan.places().distribution());
            try (var driver = new Driver(ground, history, load(), clock)) {
                progress.accept("topics, data map, policy and limits are published; " + load().people()
                        + " people are in the systems");
                ground.startPipeline(Estate.executors());
                progress.accept("two instances and two workers are up");
                began = clock.millis();
                driver.start();
                var supervisor = new Supervisor(ground, diary);
                breakThings(ground, driver, supervisor, diary);
                driver.stop();
                driver.ensureSound();
                progress.accept("no more requests; " + driver.open() + " are open");
                boolean quiescent = comesToRest(ground, driver, history);
                progress.accept(
                        quiescent ? "all has come to rest" : "not all has come to rest: " + driver.open() + " open");
                driver.ensureSound();
                supervisor.look("after the load");
                driver.close();
                stopPipeline(ground);
                new TopicsDump(ground.bootstrapServers(), ground.registryUrl(), history).write();
                new SystemsDump(ground, history).write();
                return quiescent;
            } finally {
                copyLogs(ground, history);
            }
        }
    }

    private Map<Part.Kind, List<String>> sabotage() {
        PlantedBug bug = plan.planted();
        if (bug == null) {
            return Map.of();
        }
        Part.Kind kind = switch (bug.where()) {
            case APP -> Part.Kind.APP;
            case WORKER -> Part.Kind.WORKER;
        };
        return Map.of(kind, List.of(AgentJar.argument(plan.directory(), bug)));
    }

    private Driver.Options load() {
        // The last round of faults may take a while to recover from, and a story may need several people.
        double stories = plan.load().plus(more()).plus(LAST_ROUND).toSeconds() * plan.perSecond();
        return new Driver.Options(plan.seed(), plan.perSecond(), Math.max(FEWEST_PEOPLE, (int) (stories * SPARE)));
    }

    private Duration more() {
        return MORE_FOR_EACH.multipliedBy(plan.faults().size());
    }

    private void breakThings(RealGround ground, Driver driver, Supervisor supervisor, Diary diary) {
        if (plan.faults().isEmpty()) {
            long until = clock.millis() + plan.load().toMillis();
            Awaiting.until("the load is over", plan.load().plusMinutes(1), () -> clock.millis() >= until);
            return;
        }
        var options = NemesisOptions.seeded(plan.seed()).withFaults(Set.copyOf(plan.faults()));
        try (var nemesis = new Nemesis(
                ground, driver, driver, plan.brisk() ? options.withCalm(BRISK) : options, diary, supervisor, clock)) {
            List<Episode> episodes = nemesis.run(plan.load(), more());
            progress.accept(episodes.size() + " faults, "
                    + episodes.stream()
                            .filter(episode -> episode.recovered().isEmpty())
                            .count()
                    + " without recovery in time");
        }
    }

    private boolean comesToRest(Ground ground, Driver driver, HistoryDirectory history) {
        var topics = new TopicsDump(ground.bootstrapServers(), ground.registryUrl(), history);
        long[] ends = {-1};
        long[] since = {clock.millis()};
        try {
            Awaiting.until("all comes to rest", plan.rest(), () -> {
                long now = topics.ends();
                if (now != ends[0] || !driver.isAtRest()) {
                    ends[0] = now;
                    since[0] = clock.millis();
                }
                return clock.millis() - since[0] >= STILL.toMillis();
            });
            return true;
        } catch (HarnessException notInTime) {
            return false;
        }
    }

    /** What still went on would be in those topics and systems only that are written down last. */
    private static void stopPipeline(Ground ground) {
        ground.parts(Part.Kind.APP).forEach(Part::stop);
        ground.parts(Part.Kind.WORKER).forEach(Part::stop);
    }

    private static void copyLogs(Ground ground, HistoryDirectory history) {
        for (Part part : ground.parts()) {
            for (Path log : part.logs()) {
                try {
                    if (Files.isRegularFile(log)) {
                        Path copy = history.logs().resolve(part.name()).resolve(log.getFileName());
                        Files.createDirectories(copy.getParent());
                        Files.copy(log, copy, StandardCopyOption.REPLACE_EXISTING);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException("a log cannot be copied", e);
                }
            }
        }
    }

    private Map<String, String> options() {
        var options = new TreeMap<String, String>();
        options.put("load", plan.load().toString());
        options.put("rate", Double.toString(plan.perSecond()));
        options.put(RunInfo.FAULTS, plan.faults().stream().map(Fault::id).collect(Collectors.joining(",")));
        options.put("brisk", Boolean.toString(plan.brisk()));
        return options;
    }

    /** What fits into a short run. */
    static List<String> shortFaults() {
        return List.of("kill-app", "kill-worker", "kill-broker", "pause-app", "commit-then-drop", "poison");
    }
}
