package io.quittance.harness;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * One Kafka node, broker and controller, in a JVM of its own, run by Kafka's own main class. Topics are made by hand
 * only. Its class path is that of this JVM.
 */
public final class BrokerProcess implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(120);

    private final Reaper reaper;
    private final Process process;
    private final Address address;

    private BrokerProcess(Reaper reaper, Process process, Address address) {
        this.reaper = reaper;
        this.process = process;
        this.address = address;
    }

    /**
     * Where a node listens.
     *
     * @param id of the node, from 1
     * @param port for clients
     * @param controllerPort for the other nodes
     */
    public record Address(int id, String host, int port, int controllerPort) {
        /** For {@code bootstrap.servers}. */
        public String forClients() {
            return host + ":" + port;
        }

        private String voter() {
            return "%d@%s:%d".formatted(id, host, controllerPort);
        }
    }

    /**
     * What a node is to look like.
     *
     * @param clusterId the same for all nodes and all restarts
     * @param cluster all nodes, this one included; the same for all restarts
     * @param id which of them this is
     * @param site where it runs
     * @param maxHeap as for {@code -Xmx}
     * @param jvmArguments beyond the usual ones, and stronger than they are
     * @param properties broker properties that override ours
     */
    public record Options(
            String clusterId,
            List<Address> cluster,
            int id,
            Site site,
            String maxHeap,
            List<String> jvmArguments,
            Map<String, String> properties) {
        public Options {
            cluster = List.copyOf(cluster);
            jvmArguments = List.copyOf(jvmArguments);
            properties = Map.copyOf(properties);
        }

        private Address address() {
            return cluster.stream().filter(node -> node.id() == id).findFirst().orElseThrow();
        }

        private String voters() {
            return cluster.stream().map(Address::voter).collect(Collectors.joining(","));
        }
    }

    /**
     * Starts the node over {@code broker-ID} in the directory held. Returns at once: it comes up only with a majority,
     * so the others have to be started before {@link #awaitUp} is.
     */
    public static BrokerProcess start(Reaper reaper, Options options) {
        String name = "broker-" + options.id();
        Path directory = Directories.create(reaper.directory().resolve(name));
        Address address = options.address();
        var settings = new KafkaNodeSettings(options.clusterId(), options.id(), directory.resolve("log"));
        settings.formatOnce();
        Path file = write(
                directory.resolve("server.properties"),
                settings.properties(
                        address.host(),
                        address.port(),
                        address.controllerPort(),
                        options.voters(),
                        options.cluster().size(),
                        options.properties()));
        var jvm = new ChildJvm(
                        name,
                        directory,
                        absolute(System.getProperty("java.class.path")),
                        "kafka.Kafka",
                        options.maxHeap(),
                        List.of(file.toString()),
                        Map.of())
                .at(options.site())
                .withJvmArguments(withLogging(directory, options.jvmArguments()))
                .withKeptLog(true);
        return new BrokerProcess(reaper, jvm.start(reaper), address);
    }

    /**
     * Returns when the node takes requests.
     *
     * @throws HarnessException when it does not in time, or ends
     */
    public void awaitUp() {
        String name = "the Kafka node %d".formatted(address.id());
        Map<String, Object> client = Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, address.forClients(),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 2_000,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 2_000,
                AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 100);
        try (Admin admin = Admin.create(client)) {
            Awaiting.until(name + " answers", START_LIMIT, () -> {
                if (!process.isAlive()) {
                    throw new HarnessException("%s ended with exit code %d".formatted(name, process.exitValue()));
                }
                return admin.describeCluster().nodes().get().stream().anyMatch(node -> node.id() == address.id());
            });
        }
    }

    /** The node's. */
    public Process process() {
        return process;
    }

    @Override
    public void close() {
        ChildJvm.stop(reaper, process);
    }

    /** A child runs in a directory of its own. */
    static String absolute(String classPath) {
        return List.of(classPath.split(File.pathSeparator)).stream()
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    static List<String> withLogging(Path directory, List<String> jvmArguments) {
        return Stream.concat(Stream.of(ServerLogging.argument(directory)), jvmArguments.stream())
                .toList();
    }

    static Path write(Path file, Map<String, String> values) {
        var properties = new Properties();
        properties.putAll(values);
        try (var writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
