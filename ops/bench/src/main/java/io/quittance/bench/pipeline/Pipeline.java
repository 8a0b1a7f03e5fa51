package io.quittance.bench.pipeline;

import io.quittance.bench.contender.Contender;
import io.quittance.bench.contender.Latencies;
import io.quittance.bench.contender.Measured;
import io.quittance.bench.contender.Measured.LogCost;
import io.quittance.bench.contender.Surroundings;
import io.quittance.bench.process.CpuMeter;
import io.quittance.bench.process.Lab;
import io.quittance.bench.wire.Documents;
import io.quittance.contract.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** The pipeline, with one instance of the application. */
public final class Pipeline implements Contender {
    private final Lab lab;
    private final PipelineOptions options;
    private final Application application;
    private final Parties parties;
    private int next;

    private Pipeline(Lab lab, PipelineOptions options, Application application, Parties parties) {
        this.lab = lab;
        this.options = options;
        this.application = application;
        this.parties = parties;
    }

    /** Makes its topics, publishes policy and data map, starts the application and returns when it is at work. */
    public static Pipeline start(Lab lab, PipelineOptions options) {
        Surroundings surroundings = lab.surroundings(options.name());
        Clock clock = Clock.systemUTC();
        var topics = Topics.withPrefix(options.name() + ".");
        PipelineTopics.create(lab, topics, options.partitions());
        var parties = new Parties(surroundings, topics, clock.instant());
        new Documents(topics, surroundings.registryUrl(), parties.producer(), clock.instant())
                .publish(PipelineOptions.SYSTEMS, options.answerWithin());
        parties.listen();
        var application = Application.start(surroundings, options, "application-1");
        application.awaitReady();
        return new Pipeline(lab, options, application, parties);
    }

    @Override
    public String name() {
        return options.name();
    }

    @Override
    public Measured closedLoop(Duration warmUp, Duration measured, int inFlight) {
        long doubledBefore = parties.tally().doubled();
        LogSize before = LogSize.of(lab.admin(), options.name());
        int first = next;
        var loop = new ClosedLoop(parties, first);
        loop.fill(inFlight);
        loop.runFor(warmUp);

        long closedBefore = loop.closed();
        long startedAt = System.nanoTime();
        var meter = CpuMeter.start(List.of(application.jvm(), lab.broker()));
        loop.runFor(measured);
        CpuMeter.Cores cores = meter.stop();
        long closed = loop.closed() - closedBefore;
        Duration took = Duration.ofNanos(System.nanoTime() - startedAt);

        loop.drain();
        next = loop.next();
        LogSize after = LogSize.of(lab.admin(), options.name());
        double requests = next - first;
        return new Measured(
                closed,
                took,
                next - first,
                loop.closed(),
                parties.tally().doubled() - doubledBefore,
                cores.own(),
                Arrays.stream(cores.children()).sum(),
                new LogCost(
                        (after.allRecords() - before.allRecords()) / requests,
                        (after.allBytes() - before.allBytes()) / requests));
    }

    @Override
    public Latencies openLoop(double requestsPerSecond, Duration warmUp, Duration measured)
            throws InterruptedException {
        long doubledBefore = parties.tally().doubled();
        var loop = new OpenLoop(parties, next, requestsPerSecond, warmUp, measured);
        loop.run();
        next = loop.next();
        return loop.latencies(parties.tally().doubled() - doubledBefore);
    }

    public Application application() {
        return application;
    }

    public Parties parties() {
        return parties;
    }

    @Override
    public void close() {
        application.close();
        parties.close();
    }
}
