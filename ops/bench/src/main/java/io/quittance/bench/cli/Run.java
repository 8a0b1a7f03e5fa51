package io.quittance.bench.cli;

import io.quittance.bench.contender.Contender;
import io.quittance.bench.contender.ContenderFactory;
import io.quittance.bench.contender.Durability;
import io.quittance.bench.pipeline.Pipeline;
import io.quittance.bench.process.Lab;
import io.quittance.bench.profile.ProfileReport;
import io.quittance.bench.report.Results;
import io.quittance.bench.workload.Comparison;
import io.quittance.bench.workload.Comparison.Entrant;
import io.quittance.bench.workload.FailOver;
import io.quittance.bench.workload.ManyExpiries;
import io.quittance.bench.workload.ManyWaiting;
import io.quittance.bench.workload.Scaling;
import io.quittance.bench.workload.SlowSystem;
import io.quittance.bench.workload.Stage;
import io.quittance.bench.workload.Templates;
import io.quittance.harness.Reaper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** One run, from the first process to the last. */
final class Run {
    private static final String COMMIT_INTERVAL = "commit.interval.ms";
    /** The application's own default. */
    private static final String DEFAULT_COMMIT_INTERVAL = "100";

    private final Plan plan;
    private final Consumer<String> progress;
    private final Results results;

    /** @param results where figures go, as they are measured */
    Run(Plan plan, Results results, Consumer<String> progress) {
        this.plan = plan;
        this.results = results;
        this.progress = progress;
    }

    /** @throws io.quittance.harness.HarnessException when a part does not come up */
    void go() throws InterruptedException {
        progress.accept("starting broker, registry and application");
        try (var reaper = Reaper.temporary(plan.directory().resolve("run"));
                var lab = Lab.open(reaper, plan.jvmOptions());
                var main = Pipeline.start(lab, plan.options())) {
            var stage = new Stage(lab, main, plan.options(), plan.scale(), results, progress);
            compare(stage);
            alone(stage);
        }
    }

    private void compare(Stage stage) throws InterruptedException {
        if (!wanted(Workload.W1) && !wanted(Workload.W2) && !wanted(Workload.RAW)) {
            return;
        }
        Path recording = plan.directory().resolve("application.jfr");
        if (plan.profile()) {
            stage.main().profileTo(recording);
        }
        List<Entrant> entrants =
                new ArrayList<>(List.of(new Entrant(stage.main().name(), stage.main())));
        try {
            entrants.addAll(peers(stage.lab()));
            String commitInterval = plan.options().settings().getOrDefault(COMMIT_INTERVAL, DEFAULT_COMMIT_INTERVAL);
            new Comparison(stage, entrants, wanted(Workload.W2))
                    .run(wanted(Workload.RAW), Duration.ofMillis(Long.parseLong(commitInterval)));
        } finally {
            entrants.stream().skip(1).map(Entrant::contender).forEach(Contender::close);
        }
        if (plan.profile()) {
            writeProfile(recording);
        }
    }

    private List<Entrant> peers(Lab lab) {
        List<Entrant> peers = new ArrayList<>();
        try {
            for (ContenderFactory factory : plan.peers()) {
                for (Durability durability : factory.durabilities()) {
                    String label = factory.durabilities().size() == 1
                            ? factory.name()
                            : "%s, %s".formatted(factory.name(), durability.label());
                    progress.accept("starting " + label);
                    peers.add(new Entrant(
                            label, factory.start(lab.surroundings(label.replaceAll("\\W+", "-")), durability)));
                }
            }
            return peers;
        } catch (RuntimeException e) {
            peers.forEach(peer -> peer.contender().close());
            throw e;
        }
    }

    private void alone(Stage stage) throws InterruptedException {
        var templates = new Templates(stage.main());
        if (wanted(Workload.W3)) {
            new ManyWaiting(stage, templates).run();
        }
        if (wanted(Workload.W4)) {
            new ManyExpiries(stage, templates).run();
        }
        if (wanted(Workload.W6)) {
            new FailOver(stage, templates).run();
        }
        if (wanted(Workload.W7)) {
            new Scaling(stage, templates).run();
        }
        // Last, because its limit stays.
        if (wanted(Workload.W5)) {
            new SlowSystem(stage).run();
        }
    }

    private boolean wanted(Workload workload) {
        return plan.workloads().contains(workload);
    }

    private void writeProfile(Path recording) {
        String report = ProfileReport.of(recording);
        progress.accept(report);
        try {
            Files.writeString(plan.directory().resolve("profile.txt"), report);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
