package io.quittance.proving.ground;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.quittance.harness.ConnectRest;
import io.quittance.harness.ConnectWorker;
import io.quittance.harness.ConnectWorkerProcess;
import io.quittance.harness.HarnessException;
import io.quittance.harness.ListenPort;
import io.quittance.harness.Reaper;
import io.quittance.harness.Site;
import io.quittance.proving.ground.Part.Kind;
import io.quittance.proving.ground.PrivateFiles.GrantKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The ground on this machine. */
public final class RealGround implements Ground {
    private static final Duration READY_LIMIT = Duration.ofSeconds(180);
    private static final int INSTANCES = 2;
    private static final int WORKERS = 2;
    private static final String WORKER_HEAP = "256m";
    private static final int STATE_MEGABYTES = 256;

    /** Short, so that whoever stands still is missed while the run lasts; a pause has to be longer than both. */
    private static final Duration SESSION = Duration.ofSeconds(6);

    private static final Duration TRANSACTION = Duration.ofSeconds(10);

    private static final Pattern PART_FOLDER = Pattern.compile("(broker|app|worker)-[0-9]+|postgres|s3|registry");

    private final GroundOptions options;
    private final Reaper reaper;
    private final Network network;
    private final Servers.Running servers;
    private final FaultyWire wire;
    private final PrivateFiles files;
    private final GrantKeys grantKeys;
    private final List<Part> pipeline = new CopyOnWriteArrayList<>();
    private final Map<String, StateDirectory> states = new HashMap<>();
    private final Map<String, OwnClock> clocks = new HashMap<>();

    private RealGround(
            GroundOptions options, Reaper reaper, Network network, Servers.Running servers, FaultyWire wire) {
        this.options = options;
        this.reaper = reaper;
        this.network = network;
        this.servers = servers;
        this.wire = wire;
        this.files = new PrivateFiles(reaper.directory());
        this.grantKeys = files.grantKeys();
    }

    /**
     * Starts brokers, registry, database and object store; returns when all of them answer.
     *
     * @throws io.quittance.harness.HarnessException when another run holds the directory, or a part does not come up
     */
    public static RealGround start(GroundOptions options) {
        var reaper = Reaper.hold(options.directory());
        boolean started = false;
        try {
            forgetEarlierRun(reaper.directory());
            Network network = Enclosure.refusal().<Network>map(Loopback::new).orElseGet(Namespaces::new);
            var servers = new Servers(reaper, network, jvm(options, Kind.BROKER)).start();
            var ground = new RealGround(options, reaper, network, servers, wire(network, servers.database()));
            started = true;
            return ground;
        } finally {
            if (!started) {
                reaper.close();
            }
        }
    }

    @Override
    public void startPipeline(List<Executor> executors) {
        List<AppInstance> instances =
                IntStream.rangeClosed(1, INSTANCES).mapToObj(this::instance).toList();
        IntStream.rangeClosed(1, WORKERS).mapToObj(this::workerPart).forEach(pipeline::add);
        pipeline.stream()
                .map(part -> Servers.begin(() -> {
                    part.start();
                    return part;
                }))
                .toList()
                .forEach(CompletableFuture::join);
        instances.forEach(instance -> instance.awaitReady(READY_LIMIT));
        deploy(executors);
    }

    @Override
    public Path directory() {
        return reaper.directory();
    }

    @Override
    public String bootstrapServers() {
        return servers.bootstrapServers();
    }

    @Override
    public String registryUrl() {
        return servers.registryUrl();
    }

    @Override
    public Database database() {
        return servers.database();
    }

    @Override
    public ObjectStore objectStore() {
        return servers.objectStore();
    }

    @Override
    public Path grantKeys() {
        return grantKeys.published();
    }

    @Override
    public List<Part> parts() {
        return Stream.concat(servers.parts().stream(), pipeline.stream()).toList();
    }

    @Override
    public Abilities abilities() {
        Optional<String> clock = options.ownClocks()
                ? OwnClock.library().isPresent() ? Optional.empty() : Optional.of("libfaketime is not installed")
                : Optional.of("not asked for");
        return new Abilities(network.refusal(), Enclosure.refusal(), clock);
    }

    @Override
    public Duration standstill() {
        return SESSION.compareTo(TRANSACTION) > 0 ? SESSION : TRANSACTION;
    }

    @Override
    public void cut(Part part, Part other) {
        network.cut(part.name(), other.name());
    }

    @Override
    public long mend(Part part, Part other) {
        return network.mend(part.name(), other.name());
    }

    @Override
    public FaultyWire wire() {
        return wire;
    }

    @Override
    public StateDirectory stateOf(Part instance) {
        return found(states, instance);
    }

    @Override
    public OwnClock clockOf(Part instance) {
        return found(clocks, instance);
    }

    @Override
    public void close() {
        wire.close();
        // Nothing of it is needed any more, and to ask each in turn takes long.
        parts().stream()
                .filter(Part::alive)
                .map(part -> Servers.begin(() -> {
                    part.kill();
                    return part;
                }))
                .toList()
                .forEach(CompletableFuture::join);
        reaper.close();
    }

    private static <T> T found(Map<String, T> all, Part part) {
        T one = all.get(part.name());
        if (one == null) {
            throw new IllegalArgumentException(part.name() + " has none");
        }
        return one;
    }

    private static FaultyWire wire(Network network, Database database) {
        URI server = URI.create(database.jdbcUrl().substring("jdbc:".length()));
        return new FaultyWire(
                network.addressHere("postgres"),
                network.port("wire", 5432),
                new InetSocketAddress(server.getHost(), server.getPort()));
    }

    private AppInstance instance(int number) {
        String name = "app-" + number;
        Path directory = folder(name);
        var state = StateDirectory.in(directory, Enclosure.refusal().isEmpty(), STATE_MEGABYTES);
        Site site = network.site(name);
        int port = network.port(name, 8080);
        var instance = new AppInstance(
                reaper,
                directory,
                options.distribution(),
                site,
                port,
                appSettings(name, state, site.host(), port),
                AppInstance.smallJvm(jvm(options, Kind.APP)));
        if (abilities().clock().isEmpty()) {
            var clock = OwnClock.in(directory);
            clocks.put(name, clock);
            instance.withEnvironment(clock.environment());
        }
        states.put(name, state);
        pipeline.add(new ProcessPart(name, Kind.APP, reaper, instance::start, instance.log()));
        return instance;
    }

    private Map<String, String> appSettings(String name, StateDirectory state, String host, int port) {
        var settings = new HashMap<String, String>();
        settings.put("bootstrap.servers", bootstrapServers());
        settings.put("schema.registry.url", registryUrl());
        settings.put("state.dir", state.stores().toString());
        settings.put("grant.signing.key", grantKeys.signing().toString());
        settings.put("decisions.jwks", files.noDecisionKeys().toString());
        settings.put("http.host", host);
        settings.put("http.port", Integer.toString(port));
        settings.put("http.token.file", files.randomKey(name + ".token").toString());
        settings.put("application.server", host + ":" + port);
        // Each more is a transaction more at any time, on one machine's brokers.
        settings.put("num.stream.threads", "1");
        settings.put("num.standby.replicas", "1");
        settings.put("rocksdb.cache.mb", "32");
        settings.put("rocksdb.write.buffer.mb", "16");
        settings.put("consumer.session.timeout.ms", Long.toString(SESSION.toMillis()));
        settings.put("consumer.heartbeat.interval.ms", "1500");
        settings.put("producer.transaction.timeout.ms", Long.toString(TRANSACTION.toMillis()));
        settings.putAll(options.appSettings());
        return settings;
    }

    private Part workerPart(int number) {
        String name = "worker-" + number;
        Site site = network.site(name);
        var worker = ConnectWorker.Options.defaults()
                .withPort(ListenPort.fixed(network.port(name, 8083), "nothing"))
                .withPluginPath(options.plugins())
                .withProperties(workerProperties());
        return new ProcessPart(
                name,
                Kind.WORKER,
                reaper,
                () -> {
                    var process = ConnectWorkerProcess.start(
                            reaper, name, bootstrapServers(), worker, site, WORKER_HEAP, jvm(options, Kind.WORKER));
                    try {
                        process.awaitUp();
                    } catch (HarnessException notInTime) {
                        reaper.end(process.process().toHandle());
                        throw notInTime;
                    }
                    return process.process();
                },
                directory().resolve(name).resolve(name + ".log"));
    }

    private Map<String, String> workerProperties() {
        var properties = new HashMap<String, String>();
        for (String topic : List.of("config", "offset", "status")) {
            properties.put(topic + ".storage.replication.factor", "3");
        }
        String session = Long.toString(SESSION.toMillis());
        properties.put("session.timeout.ms", session);
        properties.put("heartbeat.interval.ms", "1500");
        properties.put("consumer.session.timeout.ms", session);
        properties.put("consumer.heartbeat.interval.ms", "1500");
        properties.put("config.providers", "file");
        properties.put("config.providers.file.class", "org.apache.kafka.common.config.provider.FileConfigProvider");
        properties.put("config.providers.file.param.allowed.paths", directory().toString());
        return properties;
    }

    private void deploy(List<Executor> executors) {
        var wired = database().jdbcUrl().replaceFirst("//[^/]+/", "//" + wire.address() + "/");
        var connectors = new Connectors(
                bootstrapServers(),
                registryUrl(),
                wired,
                database(),
                objectStore(),
                files.secrets(Map.of(
                        Connectors.POSTGRES_PASSWORD, database().password(),
                        Connectors.S3_ACCESS_KEY, objectStore().accessKey(),
                        Connectors.S3_SECRET_KEY, objectStore().secretKey())),
                files.randomKey("pseudonym.key"),
                grantKeys.published());
        var rest = new ConnectRest(
                "http://%s:%d".formatted(network.site("worker-1").host(), network.port("worker-1", 8083)));
        var names = new ArrayList<String>();
        for (Executor executor : executors) {
            rest.createConnector(Connectors.name(executor), connectors.configuration(executor));
            names.add(Connectors.name(executor));
        }
        names.forEach(rest::awaitRunning);
    }

    /** What it left would not fit: keys, cluster and offsets are new. */
    private static void forgetEarlierRun(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            for (Path entry : entries.filter(Files::isDirectory).toList()) {
                if (PART_FOLDER.matcher(entry.getFileName().toString()).matches()) {
                    MoreFiles.deleteRecursively(entry, RecursiveDeleteOption.ALLOW_INSECURE);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("what an earlier run left in %s cannot be deleted".formatted(directory), e);
        }
    }

    private Path folder(String name) {
        try {
            return Files.createDirectories(directory().resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> jvm(GroundOptions options, Kind kind) {
        return options.jvmArguments().getOrDefault(kind, List.of());
    }
}
