package io.quittance.bench.process;

import io.quittance.bench.contender.Surroundings;
import io.quittance.harness.Awaiting;
import io.quittance.harness.HarnessException;
import io.quittance.harness.ListenPort;
import io.quittance.harness.Reaper;
import io.quittance.harness.RegistryProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.ListTopicsOptions;

/** What all contenders of a run share: one broker and one schema registry, each a process of its own. */
public final class Lab implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final Reaper reaper;
    private final ChildJvm broker;
    private final RegistryProcess registry;
    private final String bootstrapServers;
    private final Admin admin;

    private Lab(Reaper reaper, ChildJvm broker, RegistryProcess registry, String bootstrapServers, Admin admin) {
        this.reaper = reaper;
        this.broker = broker;
        this.registry = registry;
        this.bootstrapServers = bootstrapServers;
        this.admin = admin;
    }

    /**
     * @param jvmOptions of the broker's JVM, beyond its heap
     * @throws io.quittance.harness.HarnessException when a part does not come up
     */
    public static Lab open(Reaper reaper, List<String> jvmOptions) {
        int port = ListenPort.any().claim("Kafka");
        Path directory = reaper.directory().resolve("broker");
        String servers = "%s:%d".formatted(ListenPort.HOST, port);
        var broker = ChildJvm.start(
                reaper,
                new ChildJvm.Launch(
                        "broker",
                        directory,
                        System.getProperty("java.class.path"),
                        Stream.concat(Stream.of("-Xmx1g", "-Xms1g"), jvmOptions.stream())
                                .toList(),
                        BrokerMain.class.getName(),
                        List.of(directory.resolve("data").toString(), Integer.toString(port))));
        var admin = Admin.create(Map.of("bootstrap.servers", servers));
        Awaiting.until("the broker answers", START_LIMIT, () -> {
            broker.requireAlive();
            return !admin.describeCluster(new DescribeClusterOptions().timeoutMs(1_000))
                    .nodes()
                    .get()
                    .isEmpty();
        });
        var registry = RegistryProcess.start(reaper, RegistryProcess.Options.defaults());
        return new Lab(reaper, broker, registry, servers, admin);
    }

    /** For one contender. */
    public Surroundings surroundings(String name) {
        try {
            Path directory = Files.createDirectories(reaper.directory().resolve(name));
            return new Surroundings(
                    reaper,
                    directory,
                    bootstrapServers,
                    registry.url(),
                    () -> broker.processorTime().toNanos());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    public ChildJvm broker() {
        return broker;
    }

    /** The machine's. */
    public Clock clock() {
        return Clock.systemUTC();
    }

    /** All topics of one contender. */
    public void deleteTopics(String contender) {
        try {
            admin.deleteTopics(admin.listTopics(new ListTopicsOptions().listInternal(true)).names().get().stream()
                            .filter(name -> name.startsWith(contender + ".") || name.startsWith(contender + "-"))
                            .toList())
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new HarnessException("topics could not be deleted", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HarnessException("interrupted while topics are deleted", e);
        }
    }

    /** Shared; closed with the lab. */
    public Admin admin() {
        return admin;
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
        registry.close();
        broker.close();
    }
}
