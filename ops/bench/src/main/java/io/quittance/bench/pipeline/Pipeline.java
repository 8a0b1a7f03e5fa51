package io.quittance.bench.pipeline;

import io.quittance.bench.contender.Contender;
import io.quittance.bench.contender.Latencies;
import io.quittance.bench.contender.Measured;
import io.quittance.bench.contender.Measured.LogCost;
import io.quittance.bench.contender.Surroundings;
import io.quittance.bench.process.ChildJvm;
import io.quittance.bench.process.CpuMeter;
import io.quittance.bench.process.Lab;
import io.quittance.bench.profile.Recording;
import io.quittance.bench.wire.Documents;
import io.quittance.contract.Topics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The pipeline: its topics, its documents, everybody around it, and as many instances of the application as wanted. */
public final class Pipeline implements Contender {
    private final Lab lab;
    private final PipelineOptions options;
    private final Surroundings surroundings;
    private final Topics topics;
    private final Parties parties;
    private final Documents documents;
    private final List<Application> applications = new ArrayList<>();
    private int next;
    private @Nullable Path recording;

    private Pipeline(Lab lab, PipelineOptions options) {
        this.lab = lab;
        this.options = options;
        surroundings = lab.surroundings(options.name());
        topics = Topics.withPrefix(options.name() + ".");
        Clock clock = Clock.systemUTC();
        parties = Parties.around(surroundings, topics, clock.instant());
        documents = new Documents(topics, surroundings.registryUrl(), parties.producer(), clock.instant());
    }

    /** Makes its topics and publishes policy and data map; no instance runs. */
    public static Pipeline prepare(Lab lab, PipelineOptions options) {
        var pipeline = new Pipeline(lab, options);
        PipelineTopics.create(lab, pipeline.topics, options.partitions());
        pipeline.documents.publish(PipelineOptions.SYSTEMS, options.answerWithin());
        pipeline.parties.listen();
        return pipeline;
    }

    /** The same with one instance, at work. */
    public static Pipeline start(Lab lab, PipelineOptions options) {
        Pipeline pipeline = prepare(lab, options);
        pipeline.launch();
        return pipeline;
    }

    /** Starts an instance; returns when it is at work. */
    public void launch() {
        launch(1);
    }

    /** Starts so many more instances at once; returns when all are at work. */
    public void launch(int instances) {
        List<Application> launched = new ArrayList<>();
        for (int i = 0; i < instances; i++) {
            String name = "application-" + (applications.size() + 1);
            launched.add(Application.start(surroundings, options, name));
            applications.add(launched.get(i));
        }
        launched.forEach(Application::awaitReady);
    }

    @Override
    public String name() {
        return options.name();
    }

    @Override
    public Measured closedLoop(Duration warmUp, Duration measured, int inFlight) {
        long doubledBefore = parties.tally().doubled();
        LogSize before = logSize();
        int first = next;
        var loop = new ClosedLoop(parties, first, List.of());
        loop.fill(inFlight);
        loop.runFor(warmUp);

        long closedBefore = loop.closed();
        long startedAt = System.nanoTime();
        var meter = CpuMeter.start(processes());
        loop.runFor(measured);
        CpuMeter.Cores cores = meter.stop();
        long closed = loop.closed() - closedBefore;
        Duration took = Duration.ofNanos(System.nanoTime() - startedAt);
        profile(loop, measured);

        loop.drain();
        next = loop.next();
        LogSize after = logSize();
        int requests = next - first;
        return new Measured(
                closed,
                took,
                requests,
                requests - loop.lost(),
                parties.tally().doubled() - doubledBefore,
                cores.own(),
                Arrays.stream(cores.children()).sum(),
                new LogCost(
                        (after.allRecords() - before.allRecords()) / (double) requests,
                        (after.allBytes() - before.allBytes()) / (double) requests));
    }

    /**
     * From now on, after each closed loop's measurement the load goes on for as long again, under the flight recorder.
     */
    public void profileTo(Path recording) {
        this.recording = recording;
    }

    private void profile(ClosedLoop loop, Duration time) {
        if (recording != null) {
            var running = Recording.start(application().jvm().pid(), recording);
            loop.runFor(time);
            running.stop();
        }
    }

    @Override
    public Latencies openLoop(double requestsPerSecond, Duration warmUp, Duration measured)
            throws InterruptedException {
        long doubledBefore = parties.tally().doubled();
        OpenLoop loop = openLoop(requestsPerSecond, warmUp, measured, Traffic.IGNORED);
        return loop.latencies(parties.tally().doubled() - doubledBefore);
    }

    /** The same, with everything that was timed. */
    public OpenLoop openLoop(double requestsPerSecond, Duration warmUp, Duration measured, Traffic elsewhere)
            throws InterruptedException {
        var loop = new OpenLoop(parties, elsewhere, next, requestsPerSecond, warmUp, measured);
        next = loop.next();
        loop.run();
        return loop;
    }

    /** Numbers for requests of one's own: so many are taken. */
    public int take(int numbers) {
        int first = next;
        next += numbers;
        return first;
    }

    /** All its topics, internal ones included. */
    public LogSize logSize() {
        return LogSize.of(lab.admin(), options.name());
    }

    public PipelineOptions options() {
        return options;
    }

    public Lab lab() {
        return lab;
    }

    public Topics topics() {
        return topics;
    }

    public Parties parties() {
        return parties;
    }

    public Documents documents() {
        return documents;
    }

    /** The instance that was started first. */
    public Application application() {
        return applications.get(0);
    }

    /** All instances, in the order in which they were started. */
    public List<Application> applications() {
        return List.copyOf(applications);
    }

    @Override
    public void close() {
        applications.forEach(Application::close);
        parties.close();
    }

    private List<ChildJvm> processes() {
        return Stream.concat(applications.stream().map(Application::jvm), Stream.of(lab.broker()))
                .toList();
    }
}
