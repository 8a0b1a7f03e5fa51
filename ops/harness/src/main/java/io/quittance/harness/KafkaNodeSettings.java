package io.quittance.harness;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * What one KRaft node is configured with, in this JVM or in one of its own.
 *
 * @param clusterId the same for all nodes
 * @param logs its folder
 */
record KafkaNodeSettings(String clusterId, int id, Path logs) {
    static final String CLIENTS = "PLAINTEXT";
    private static final String CONTROLLERS = "CONTROLLER";

    /** Prepares the folder, unless an earlier start has. */
    void formatOnce() {
        if (Files.exists(logs.resolve("meta.properties"))) {
            return;
        }
        try (var silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(silent)
                    .setClusterId(clusterId)
                    .setNodeId(id)
                    .setControllerListenerName(CONTROLLERS)
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .addDirectory(logs.toString())
                    .setMetadataLogDirectory(logs.toString())
                    .run();
        } catch (Exception e) {
            throw new HarnessException("the Kafka folder %s cannot be formatted".formatted(logs), e);
        }
    }

    /**
     * @param port for clients; 0 for any free one, as for {@code controllerPort}
     * @param voters as for {@code controller.quorum.voters}
     * @param size number of nodes in the cluster
     * @param overrides stronger than what is set here
     */
    Map<String, String> properties(
            String host, int port, int controllerPort, String voters, int size, Map<String, String> overrides) {
        String replicas = Integer.toString(Math.min(3, size));
        String inSync = Integer.toString(Math.max(1, Math.min(3, size) - 1));
        var properties = new HashMap<String, String>();
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", Integer.toString(id));
        properties.put(
                "listeners", "%s://%s:%d,%s://%s:%d".formatted(CLIENTS, host, port, CONTROLLERS, host, controllerPort));
        properties.put("controller.listener.names", CONTROLLERS);
        properties.put("listener.security.protocol.map", "%s:PLAINTEXT,%s:PLAINTEXT".formatted(CLIENTS, CONTROLLERS));
        properties.put("controller.quorum.voters", voters);
        properties.put("log.dirs", logs.toString());
        properties.put("auto.create.topics.enable", "false");
        properties.put("min.insync.replicas", inSync);
        for (String internal : List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
            properties.put(internal + ".replication.factor", replicas);
            properties.put(internal + ".num.partitions", "4");
        }
        properties.put("transaction.state.log.min.isr", inSync);
        properties.put("share.coordinator.state.topic.min.isr", inSync);
        properties.put("group.initial.rebalance.delay.ms", "0");
        // A broker that was killed is let back in after this long, not after 9 s.
        properties.put("broker.session.timeout.ms", "3000");
        properties.put("broker.heartbeat.interval.ms", "500");
        // 128 MB by default, for one cleaner thread.
        properties.put("log.cleaner.dedupe.buffer.size", Integer.toString(16 * 1024 * 1024));
        properties.putAll(overrides);
        return properties;
    }
}
