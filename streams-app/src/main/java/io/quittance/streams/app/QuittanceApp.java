package io.quittance.streams.app;

import io.quittance.streams.codec.EffectWriter;
import io.quittance.streams.codec.GrantSeal;
import io.quittance.streams.codec.InputTopic;
import io.quittance.streams.config.AppConfig;
import io.quittance.streams.http.BearerToken;
import io.quittance.streams.http.HttpApi;
import io.quittance.streams.metrics.PipelineMetrics;
import io.quittance.streams.policy.CelPredicates;
import io.quittance.streams.processor.ProcessorSettings;
import io.quittance.streams.signature.DecisionSignatures;
import io.quittance.streams.state.ReferenceData;
import io.quittance.streams.topology.QuittanceTopology;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.state.HostInfo;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One instance of the pipeline. Several may live in one JVM, each with its own state directory and port; they share the
 * memory bound of the stores.
 */
public final class QuittanceApp implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(QuittanceApp.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(30);
    /** Nothing it is asked changes anything; without a limit it waits for brokers that do not answer. */
    private static final Duration ADMIN_CLOSE_LIMIT = Duration.ofSeconds(2);

    private final AppConfig config;
    private final Clock clock;
    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private volatile @Nullable Started started;
    private volatile boolean failed;
    private boolean closed;

    public QuittanceApp(AppConfig config) {
        this(config, Clock.systemUTC());
    }

    QuittanceApp(AppConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
    }

    private record Started(KafkaStreams streams, HttpApi http) {}

    /**
     * Checks the topics, reads policies and the data map, then joins the work. Returns when HTTP answers; the stores
     * may still be on their way.
     *
     * @throws StartRefused if something is missing or does not fit; nothing is left running
     */
    public synchronized QuittanceApp start() {
        if (started != null) {
            throw new IllegalStateException("started twice");
        }
        try {
            BearerToken token = token();
            warnOfCalendars();
            Admin admin = Admin.create(config.clients().forAdmin());
            opened(() -> admin.close(ADMIN_CLOSE_LIMIT));
            int partitions = TopicCheck.partitions(admin, config.topics());
            var world = new ReferenceData(config.policyName(), new CelPredicates());
            opened(new ReachableSystems(admin, config.topics(), world::reachable))
                    .start(config.reachableSystemsPoll());
            var metrics = new PipelineMetrics(clock);
            opened(metrics::close);
            KafkaStreams streams = streams(world, metrics, partitions);
            HttpApi http = http(streams, world, metrics, partitions, token);
            started = new Started(streams, http);
            streams.start();
            log.atInfo()
                    .addKeyValue("partitions", partitions)
                    .addKeyValue("port", http.port())
                    .log("pipeline started");
            return this;
        } catch (RuntimeException refused) {
            close();
            throw refused;
        }
    }

    /**
     * Waits until the instance has its share of the work and its stores.
     *
     * @return false if it has not by then
     */
    public boolean awaitRunning(Duration limit) throws InterruptedException {
        return running.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Waits until the instance has stopped, whether by {@link #close} or because it could not go on.
     *
     * @return whether it was closed in order
     */
    public boolean awaitStopped() throws InterruptedException {
        stopped.await();
        return !failed;
    }

    /** Whether the instance takes part in the work now. */
    public boolean isRunning() {
        Started now = started;
        return now != null && now.streams().state() == State.RUNNING;
    }

    /** Where HTTP answers, without a trailing slash. */
    public String restUrl() {
        Started now = started;
        if (now == null) {
            throw new IllegalStateException("not started");
        }
        return "http://" + config.http().host() + ":" + now.http().port();
    }

    /**
     * Stops in order; what was under way is finished by whoever takes over. Does not wait for a start that is under
     * way, which may wait for brokers for long: it fails.
     */
    @Override
    public void close() {
        for (AutoCloseable part = lastPart(); part != null; part = lastPart()) {
            close(part);
        }
        stopped.countDown();
    }

    private @Nullable AutoCloseable lastPart() {
        synchronized (parts) {
            closed = true;
            return parts.poll();
        }
    }

    private KafkaStreams streams(ReferenceData world, PipelineMetrics metrics, int partitions) {
        ProcessorSettings settings = settings(partitions);
        var deadLetters = opened(new ReferenceDeadLetters(config, letterWriter(settings), metrics, clock));
        DecisionSignatures signatures = opened(Signatures.of(config.signatures()));
        var topology = QuittanceTopology.build(
                config.topics(),
                new QuittanceTopology.Parts(
                        settings,
                        config.clients().serdes(),
                        config.memory().recordCache() > 0,
                        world,
                        ConditionsInCel::compile,
                        deadLetters,
                        signatures::vouch,
                        GrantSigning.of(config),
                        metrics));
        var streams = new KafkaStreams(topology, StreamsProperties.of(config));
        opened(() -> streams.close(CLOSE_LIMIT));
        streams.setUncaughtExceptionHandler(new ThreadFailures(clock));
        streams.setStateListener((now, before) -> follow(now));
        metrics.watchState(streams::state);
        metrics.watchLag(InputTopic.names(config.topics()), streams::metrics);
        metrics.watchLag(List.of(config.topics().limitClaims()), streams::metrics);
        metrics.watchReferenceData(world::hasPolicy, world::systemCount);
        metrics.watchFreezes(
                () -> world.current().freezes().inForce(clock.instant()).size());
        return streams;
    }

    private void warnOfCalendars() {
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        config.settings()
                .regimes()
                .calendarsRunningOut(today)
                .forEach((calendar, lastYear) -> log.atWarn()
                        .addKeyValue("calendar", calendar)
                        .addKeyValue("lastYear", lastYear)
                        .log("holidays are not known as far as due dates reach; those dates are early, never late;"
                                + " add years with regimes.file"));
    }

    private HttpApi http(
            KafkaStreams streams,
            ReferenceData world,
            PipelineMetrics metrics,
            int partitions,
            @Nullable BearerToken token) {
        var http = new HttpApi(
                streams,
                config.applicationServer() == null ? null : HostInfo.buildFromEndpoint(config.applicationServer()),
                partitions,
                token,
                () -> new HttpApi.ReferenceState(world.hasPolicy(), world.systemCount()),
                metrics::scrape);
        opened(http);
        try {
            return http.start(config.http().host(), config.http().port());
        } catch (UncheckedIOException taken) {
            throw new StartRefused(List.of(String.valueOf(taken.getMessage())));
        }
    }

    private ProcessorSettings settings(int partitions) {
        ProcessorSettings defaults = ProcessorSettings.defaults(partitions);
        return new ProcessorSettings(
                config.settings(),
                partitions,
                config.sizeLimits().inputValue(),
                config.sizeLimits().storedValue(),
                defaults.maxAuditBytes(),
                config.keepDeadLetterPayload(),
                config.punctuateInterval(),
                defaults.timerBatch(),
                defaults.timerSlice(),
                defaults.sweepInterval(),
                defaults.sweepPass(),
                defaults.registryPatience(),
                defaults.urgentCommitSpacing(),
                config.memory().parsedDockets());
    }

    private EffectWriter letterWriter(ProcessorSettings settings) {
        return new EffectWriter(
                config.topics(),
                config.clients().serdes(),
                new EffectWriter.Limits(settings.maxAuditBytes(), settings.keepDeadLetterPayload()),
                GrantSeal.NONE);
    }

    private void follow(State now) {
        log.atInfo().addKeyValue("state", now.name()).log("pipeline state");
        if (now == State.RUNNING) {
            running.countDown();
        } else if (now == State.ERROR) {
            failed = true;
            stopped.countDown();
        }
    }

    /** Whoever can reach the port can look requests up, so without a token only this machine may. */
    private @Nullable BearerToken token() {
        Path file = config.http().tokenFile();
        try {
            if (file != null) {
                return BearerToken.in(file);
            }
            if (!InetAddress.getByName(config.http().host()).isLoopbackAddress()) {
                throw new StartRefused(List.of("http.host: others than this machine could look requests up; set"
                        + " http.token.file, or a loopback address such as 127.0.0.1."));
            }
            return null;
        } catch (IllegalArgumentException unreadable) {
            throw new StartRefused(List.of(String.valueOf(unreadable.getMessage())));
        } catch (UnknownHostException unknown) {
            throw new StartRefused(List.of("http.host: there is no such host; set an address of this machine."));
        }
    }

    private <T extends AutoCloseable> T opened(T part) {
        boolean late;
        synchronized (parts) {
            late = closed;
            if (!late) {
                parts.push(part);
            }
        }
        if (late) {
            close(part);
            throw new StartRefused(List.of("The start was interrupted."));
        }
        return part;
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception failure) {
            // One part that does not close must not keep the others open.
            log.atWarn()
                    .addKeyValue("failure", failure.getClass().getName())
                    .log("a part of the pipeline did not close");
        }
    }
}
