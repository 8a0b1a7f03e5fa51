package io.quittance.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.connect.cli.ConnectDistributed;
import org.apache.kafka.connect.runtime.Connect;

/**
 * A distributed Kafka Connect worker in this JVM, with its REST API on {@value ListenPort#HOST}. Plugins are found by
 * their {@code META-INF/services} entries only, on the class path and in the plugin folders.
 */
public final class ConnectWorker extends ConnectRest implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Connect<?> connect;

    private ConnectWorker(Connect<?> connect, String url) {
        super(url);
        this.connect = connect;
    }

    /**
     * What a worker is to look like.
     *
     * @param port of the REST API
     * @param groupId workers of one group share connectors; its internal topics are named after it
     * @param pluginPath folders that hold one unpacked plugin each, or folders of such folders
     * @param offsetFlushInterval how often sink offsets are committed
     * @param properties worker properties that override ours
     */
    public record Options(
            ListenPort port,
            String groupId,
            List<Path> pluginPath,
            Duration offsetFlushInterval,
            Map<String, String> properties) {
        public Options {
            pluginPath = List.copyOf(pluginPath);
            properties = Map.copyOf(properties);
        }

        public static Options defaults() {
            return new Options(ListenPort.any(), "connect", List.of(), Duration.ofSeconds(1), Map.of());
        }

        public Options withPort(ListenPort changed) {
            return new Options(changed, groupId, pluginPath, offsetFlushInterval, properties);
        }

        public Options withGroupId(String changed) {
            return new Options(port, changed, pluginPath, offsetFlushInterval, properties);
        }

        public Options withPluginPath(Path... changed) {
            return new Options(port, groupId, List.of(changed), offsetFlushInterval, properties);
        }

        public Options withOffsetFlushInterval(Duration changed) {
            return new Options(port, groupId, pluginPath, changed, properties);
        }

        public Options withProperties(Map<String, String> changed) {
            return new Options(port, groupId, pluginPath, offsetFlushInterval, changed);
        }
    }

    /**
     * Starts a worker and returns when its REST API answers.
     *
     * @throws HarnessException when the port is taken or the worker does not come up
     */
    public static ConnectWorker start(String bootstrapServers, Options options) {
        JvmExits.refuse();
        String url = "http://%s:%d".formatted(ListenPort.HOST, options.port().claim("Kafka Connect"));
        var worker = new ConnectWorker(startConnect(properties(bootstrapServers, url, options)), url);
        try {
            Awaiting.until("Kafka Connect answers", LIMIT, worker::answers);
        } catch (RuntimeException e) {
            worker.close();
            throw e;
        }
        return worker;
    }

    /**
     * Unpacks a plugin's zip for {@link Options#withPluginPath}.
     *
     * @return the folder to put on the plugin path
     */
    public static Path unpackPlugin(Path zip, Path folder) {
        try {
            Zips.unpack(Files.newInputStream(zip), Directories.create(folder));
            return folder;
        } catch (IOException e) {
            throw new HarnessException("the plugin %s cannot be unpacked to %s".formatted(zip, folder), e);
        }
    }

    /** Stops the worker and its connectors; they are there again when a worker of this group next starts. */
    @Override
    public void close() {
        connect.stop();
        connect.awaitStop();
    }

    private static Connect<?> startConnect(Map<String, String> properties) {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try {
            return new ConnectDistributed().startConnect(properties);
        } finally {
            // Connect puts its plugin loader in place of ours.
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    /** @param url of the REST API */
    static Map<String, String> properties(String bootstrapServers, String url, Options options) {
        String group = options.groupId();
        var properties = new HashMap<String, String>();
        properties.put("bootstrap.servers", bootstrapServers);
        properties.put("group.id", group);
        properties.put("listeners", url);
        properties.put("plugin.discovery", "service_load");
        properties.put("key.converter", "org.apache.kafka.connect.converters.ByteArrayConverter");
        properties.put("value.converter", "org.apache.kafka.connect.converters.ByteArrayConverter");
        for (String kind : List.of("config", "offset", "status")) {
            properties.put(kind + ".storage.topic", "%s.internal.%s".formatted(group, kind));
            properties.put(kind + ".storage.replication.factor", "1");
        }
        properties.put("offset.storage.partitions", "1");
        properties.put("status.storage.partitions", "1");
        properties.put(
                "offset.flush.interval.ms",
                Long.toString(options.offsetFlushInterval().toMillis()));
        properties.put("scheduled.rebalance.max.delay.ms", "0");
        if (!options.pluginPath().isEmpty()) {
            properties.put(
                    "plugin.path",
                    options.pluginPath().stream()
                            .map(folder -> folder.toAbsolutePath().toString())
                            .collect(Collectors.joining(",")));
        }
        properties.putAll(options.properties());
        return properties;
    }
}
