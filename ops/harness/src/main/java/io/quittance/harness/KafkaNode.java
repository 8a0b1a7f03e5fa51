package io.quittance.harness;

import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import org.apache.kafka.common.network.ListenerName;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.ServerSocketFactory;
import org.apache.kafka.server.common.MetadataVersion;
import org.apache.kafka.server.fault.FaultHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One KRaft node, broker and controller in one. */
final class KafkaNode {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaNode.class);
    private static final String CLIENTS = "PLAINTEXT";
    private static final String CONTROLLERS = "CONTROLLER";

    private final int id;
    private final ControllerServer controller;
    private final BrokerServer broker;

    private KafkaNode(int id, ControllerServer controller, BrokerServer broker) {
        this.id = id;
        this.controller = controller;
        this.broker = broker;
    }

    /** @param size number of nodes in the cluster */
    record Identity(String clusterId, int id, int size) {}

    /** @param quorum where all controllers listen, completed when all of them do */
    static KafkaNode create(
            Identity identity,
            Path directory,
            int port,
            Map<String, String> overrides,
            CompletableFuture<Map<Integer, InetSocketAddress>> quorum) {
        Path logs = directory.toAbsolutePath().resolve("node-" + identity.id());
        var config = new KafkaConfig(properties(identity, logs, port, overrides), false);
        formatOnce(identity, logs);
        var meta = KafkaRaftServer.initializeLogDirs(config, LOG, "node %d: ".formatted(identity.id()));
        var shared = new SharedServer(
                config,
                meta._1,
                Time.SYSTEM,
                Server.initializeMetrics(config, Time.SYSTEM, identity.clusterId()),
                quorum,
                List.of(),
                // The standard factory's handler halts the JVM.
                (name, fatal, action) -> faultHandler(name, action),
                ServerSocketFactory.INSTANCE);
        return new KafkaNode(
                identity.id(),
                new ControllerServer(shared, KafkaRaftServer.configSchema(), meta._2),
                new BrokerServer(shared));
    }

    int id() {
        return id;
    }

    /** Where clients connect; known once started. */
    int port() {
        return broker.boundPort(new ListenerName(CLIENTS));
    }

    CompletableFuture<Integer> controllerPort() {
        return controller.socketServerFirstBoundPortFuture();
    }

    void start() {
        controller.startup();
        broker.startup();
    }

    void stopBroker() {
        broker.shutdown();
    }

    void stopController() {
        controller.shutdown();
    }

    private static FaultHandler faultHandler(String name, Runnable action) {
        return (message, cause) -> {
            LOG.atError().setCause(cause).addKeyValue("part", name).log("fault in a Kafka node");
            action.run();
            return new HarnessException("fault in a Kafka node: " + name, cause);
        };
    }

    private static void formatOnce(Identity identity, Path logs) {
        if (Files.exists(logs.resolve("meta.properties"))) {
            return;
        }
        try (var silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(silent)
                    .setClusterId(identity.clusterId())
                    .setNodeId(identity.id())
                    .setControllerListenerName(CONTROLLERS)
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .addDirectory(logs.toString())
                    .setMetadataLogDirectory(logs.toString())
                    .run();
        } catch (Exception e) {
            throw new HarnessException("the Kafka folder %s cannot be formatted".formatted(logs), e);
        }
    }

    private static Map<String, String> properties(
            Identity identity, Path logs, int port, Map<String, String> overrides) {
        String replicas = Integer.toString(Math.min(3, identity.size()));
        String inSync = Integer.toString(Math.max(1, Math.min(3, identity.size()) - 1));
        var properties = new HashMap<String, String>();
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", Integer.toString(identity.id()));
        properties.put(
                "listeners",
                "%s://%s:%d,%s://%s:0".formatted(CLIENTS, ListenPort.HOST, port, CONTROLLERS, ListenPort.HOST));
        properties.put("controller.listener.names", CONTROLLERS);
        properties.put("listener.security.protocol.map", "%s:PLAINTEXT,%s:PLAINTEXT".formatted(CLIENTS, CONTROLLERS));
        properties.put(
                "controller.quorum.voters",
                IntStream.range(0, identity.size())
                        .mapToObj("%d@0.0.0.0:0"::formatted)
                        .collect(Collectors.joining(",")));
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
