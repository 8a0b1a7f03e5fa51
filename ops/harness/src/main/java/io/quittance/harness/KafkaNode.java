package io.quittance.harness;

import java.net.InetSocketAddress;
import java.nio.file.Path;
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
import org.apache.kafka.server.ServerSocketFactory;
import org.apache.kafka.server.fault.FaultHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One KRaft node, broker and controller in one. */
final class KafkaNode {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaNode.class);

    private final int id;
    private final String clients;
    private final ControllerServer controller;
    private final BrokerServer broker;

    private KafkaNode(int id, String clients, ControllerServer controller, BrokerServer broker) {
        this.id = id;
        this.clients = clients;
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
        var settings = new KafkaNodeSettings(identity.clusterId(), identity.id(), logs);
        String voters = IntStream.range(0, identity.size())
                .mapToObj("%d@0.0.0.0:0"::formatted)
                .collect(Collectors.joining(","));
        Map<String, String> properties =
                settings.properties(ListenPort.HOST, port, 0, voters, identity.size(), overrides);
        var config = new KafkaConfig(properties, false);
        settings.formatOnce();
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
                firstListener(properties.getOrDefault("listeners", "")),
                new ControllerServer(shared, KafkaRaftServer.configSchema(), meta._2),
                new BrokerServer(shared));
    }

    int id() {
        return id;
    }

    /** Where clients connect; known once started. */
    int port() {
        return port(clients);
    }

    /** The same of another listener than the first one. */
    int port(String listener) {
        return broker.boundPort(new ListenerName(listener));
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

    /** Of {@code NAME://host:port,…}. */
    private static String firstListener(String listeners) {
        return listeners.substring(0, listeners.indexOf("://"));
    }

    private static FaultHandler faultHandler(String name, Runnable action) {
        return (message, cause) -> {
            LOG.atError().setCause(cause).addKeyValue("part", name).log("fault in a Kafka node");
            action.run();
            return new HarnessException("fault in a Kafka node: " + name, cause);
        };
    }
}
