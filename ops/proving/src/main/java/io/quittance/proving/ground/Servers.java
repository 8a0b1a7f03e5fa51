package io.quittance.proving.ground;

import io.quittance.harness.BrokerProcess;
import io.quittance.harness.HarnessException;
import io.quittance.harness.ListenPort;
import io.quittance.harness.PostgresProcess;
import io.quittance.harness.PostgresServer;
import io.quittance.harness.Reaper;
import io.quittance.harness.RegistryProcess;
import io.quittance.harness.S3Process;
import io.quittance.harness.Site;
import io.quittance.proving.ground.Ground.Database;
import io.quittance.proving.ground.Ground.ObjectStore;
import io.quittance.proving.ground.Part.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;

/** What the pipeline stands on: brokers, registry, database, object store. */
final class Servers {
    private static final int BROKERS = 3;
    private static final String BROKER_HEAP = "320m";
    private static final String EXPORT_BUCKET = "exports";
    private static final String POSTGRES = "postgres";
    private static final String REGISTRY = "registry";
    private static final String S3 = "s3";

    private final Reaper reaper;
    private final Network network;
    private final List<String> brokerJvm;
    private final List<BrokerProcess.Address> cluster;
    private final String clusterId = Uuid.randomUuid().toString();
    private final S3Process.Keys s3Keys = S3Process.Keys.generate();

    Servers(Reaper reaper, Network network, List<String> brokerJvm) {
        this.reaper = reaper;
        this.network = network;
        this.brokerJvm = brokerJvm;
        this.cluster = IntStream.rangeClosed(1, BROKERS).mapToObj(this::address).toList();
    }

    /** Those that run. */
    record Running(
            List<Part> parts,
            String bootstrapServers,
            String registryUrl,
            Database database,
            ObjectStore objectStore) {}

    /** Starts all at the same time. */
    Running start() {
        var database = begin(this::prepareDatabase);
        var objectStore = begin(() -> {
            Part part = objectStorePart();
            part.start();
            return part;
        });
        var registry = begin(() -> {
            Part part = registryPart();
            part.start();
            return part;
        });
        List<Part> parts = new ArrayList<>(startBrokers());
        PostgresServer.Options postgres = database.join();
        Part postgresPart = databasePart(postgres);
        postgresPart.start();
        parts.addAll(List.of(postgresPart, objectStore.join(), registry.join()));
        return new Running(
                List.copyOf(parts),
                cluster.stream().map(BrokerProcess.Address::forClients).collect(Collectors.joining(",")),
                "http://%s:%d/apis/ccompat/v7".formatted(network.site(REGISTRY).host(), network.port(REGISTRY, 8081)),
                new Database(postgres.jdbcUrl(), postgres.user(), postgres.password()),
                new ObjectStore(
                        "http://%s:%d".formatted(network.site(S3).host(), network.port(S3, 9000)),
                        S3Process.REGION,
                        s3Keys.accessKey(),
                        s3Keys.secretKey(),
                        EXPORT_BUCKET));
    }

    private List<Part> startBrokers() {
        List<Part> brokers =
                IntStream.rangeClosed(1, BROKERS).mapToObj(this::brokerPart).toList();
        brokers.stream()
                .map(broker -> begin(() -> {
                    broker.start();
                    return broker;
                }))
                .toList()
                .forEach(CompletableFuture::join);
        return brokers;
    }

    private BrokerProcess.Address address(int id) {
        String name = "broker-" + id;
        return new BrokerProcess.Address(
                id, network.site(name).host(), network.port(name, 9092), network.port(name, 9093));
    }

    private Part brokerPart(int id) {
        String name = "broker-" + id;
        var options = new BrokerProcess.Options(
                clusterId, cluster, id, network.site(name), BROKER_HEAP, brokerJvm, brokerProperties());
        return new ProcessPart(
                name,
                Kind.BROKER,
                reaper,
                () -> {
                    var broker = BrokerProcess.start(reaper, options);
                    broker.awaitUp();
                    return broker.process();
                },
                reaper.directory().resolve(name).resolve(name + ".log"));
    }

    private static Map<String, String> brokerProperties() {
        return Map.of(
                "default.replication.factor", "3",
                "num.network.threads", "2",
                "num.io.threads", "4",
                // A transaction whose producer is gone is ended this soon after its time, not up to 10 s later.
                "transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000",
                "log.message.timestamp.after.max.ms", "86400000");
    }

    private Part registryPart() {
        var options = RegistryProcess.Options.defaults()
                .withPort(ListenPort.fixed(network.port(REGISTRY, 8081), "nothing"))
                .withSite(network.site(REGISTRY))
                .withKept(true);
        return new ProcessPart(
                REGISTRY,
                Kind.REGISTRY,
                reaper,
                () -> RegistryProcess.start(reaper, options).process(),
                reaper.directory().resolve(REGISTRY).resolve("registry.log"));
    }

    private Part objectStorePart() {
        var options = S3Process.Options.defaults()
                .withPort(ListenPort.fixed(network.port(S3, 9000), "nothing"))
                .withSite(network.site(S3))
                .withKeys(s3Keys);
        return new ProcessPart(
                S3,
                Kind.S3,
                reaper,
                () -> {
                    var server = S3Process.start(reaper, options);
                    server.createBucket(EXPORT_BUCKET);
                    server.client().close();
                    return server.process();
                },
                reaper.directory().resolve(S3).resolve("s3.log"));
    }

    /** Makes the data directory, the user and the database. */
    private PostgresServer.Options prepareDatabase() {
        try (var preparation = PostgresProcess.start(reaper, PostgresProcess.Options.defaults())) {
            Site site = network.site(POSTGRES);
            return new PostgresServer.Options(
                    network.port(POSTGRES, 5432), site, "app", preparation.user(), preparation.password());
        }
    }

    private Part databasePart(PostgresServer.Options options) {
        return new ProcessPart(
                POSTGRES,
                Kind.POSTGRES,
                reaper,
                () -> startDatabase(options, 3),
                reaper.directory().resolve(POSTGRES).resolve("postgres.log"));
    }

    /** After a kill it refuses to start while a process of the killed one is still on its way out. */
    private Process startDatabase(PostgresServer.Options options, int attempts) {
        try {
            return PostgresServer.start(reaper, options).process();
        } catch (HarnessException refused) {
            if (attempts == 1) {
                throw refused;
            }
            return startDatabase(options, attempts - 1);
        }
    }

    static <T> CompletableFuture<T> begin(Supplier<T> start) {
        return CompletableFuture.supplyAsync(start, command -> new Thread(command, "ground-start").start());
    }
}
