package io.quittance.harness;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * KRaft nodes in this JVM, each broker and controller, on {@value ListenPort#HOST}. Topics are made by hand only.
 * Restarted on the same directory, the cluster has its data back.
 */
public final class KafkaCluster implements AutoCloseable {
    private static final Duration LEADERS_LIMIT = Duration.ofSeconds(30);

    private final List<KafkaNode> nodes;

    private KafkaCluster(List<KafkaNode> nodes) {
        this.nodes = nodes;
    }

    /**
     * What a cluster is to look like.
     *
     * @param nodes how many; the same for one directory for ever
     * @param port of the first node, the others follow; any free ones if it is {@link ListenPort#any()}
     * @param properties broker properties that override ours; of {@code listeners}, the first one is for clients
     */
    public record Options(int nodes, ListenPort port, Map<String, String> properties) {
        public Options {
            properties = Map.copyOf(properties);
        }

        public static Options defaults() {
            return new Options(1, ListenPort.any(), Map.of());
        }

        public Options withNodes(int changed) {
            return new Options(changed, port, properties);
        }

        public Options withPort(ListenPort changed) {
            return new Options(nodes, changed, properties);
        }

        public Options withProperties(Map<String, String> changed) {
            return new Options(nodes, port, changed);
        }
    }

    /**
     * Starts the cluster and returns when all nodes are up.
     *
     * @param directory holds the nodes' logs; made if need be
     * @throws HarnessException when a port is taken or a node does not come up
     */
    public static KafkaCluster start(Path directory, Options options) {
        JvmExits.refuse();
        String clusterId = clusterId(Directories.create(directory.toAbsolutePath()));
        var quorum = new CompletableFuture<Map<Integer, InetSocketAddress>>();
        var nodes = new ArrayList<KafkaNode>();
        for (int id = 0; id < options.nodes(); id++) {
            nodes.add(KafkaNode.create(
                    new KafkaNode.Identity(clusterId, id, options.nodes()),
                    directory,
                    port(options, id),
                    options.properties(),
                    quorum));
        }
        var cluster = new KafkaCluster(List.copyOf(nodes));
        try {
            gatherQuorum(nodes, quorum);
            cluster.inParallel(KafkaNode::start);
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
        return cluster;
    }

    /** For {@code bootstrap.servers}; of the first listener, where the options name several. */
    public String bootstrapServers() {
        return servers(KafkaNode::port);
    }

    /** For {@code bootstrap.servers}, of the listener with that name. */
    public String bootstrapServers(String listener) {
        return servers(node -> node.port(listener));
    }

    private String servers(ToIntFunction<KafkaNode> port) {
        return nodes.stream()
                .map(node -> "%s:%d".formatted(ListenPort.HOST, port.applyAsInt(node)))
                .collect(Collectors.joining(","));
    }

    /** An admin client, to be closed by the caller. */
    public Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrapServers()));
    }

    /** Makes topics with one replica per node (at most three) and returns when every partition has a leader. */
    public void createTopics(int partitions, String... names) {
        short replicas = (short) Math.min(3, nodes.size());
        createTopics(Arrays.stream(names)
                .map(name -> new NewTopic(name, partitions, replicas))
                .toList());
    }

    /**
     * Makes topics and returns when every partition has a leader. Kafka itself answers earlier, and an idempotent
     * producer that starts then can lose its first batches.
     */
    public void createTopics(Collection<NewTopic> topics) {
        try (Admin admin = admin()) {
            admin.createTopics(topics).all().get(LEADERS_LIMIT.toSeconds(), TimeUnit.SECONDS);
            awaitLeaders(admin, topics.stream().map(NewTopic::name).toList());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HarnessException("interrupted while topics were made", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new HarnessException("topics could not be made: " + e.getMessage(), e);
        }
    }

    /** Returns when every partition of these topics, which exist, has a leader that answers. */
    public void awaitLeaders(Collection<String> topics) {
        try (Admin admin = admin()) {
            awaitLeaders(admin, topics);
        }
    }

    private static void awaitLeaders(Admin admin, Collection<String> topics) {
        Awaiting.until("every partition has a leader", LEADERS_LIMIT, () -> {
            Map<TopicPartition, OffsetSpec> partitions =
                    admin.describeTopics(topics).allTopicNames().get().values().stream()
                            .flatMap(KafkaCluster::partitions)
                            .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
            admin.listOffsets(partitions).all().get();
            return true;
        });
    }

    private static Stream<TopicPartition> partitions(TopicDescription topic) {
        return topic.partitions().stream().map(partition -> new TopicPartition(topic.name(), partition.partition()));
    }

    /** Stops all nodes; the data stays. */
    @Override
    public void close() {
        inParallel(KafkaNode::stopBroker);
        inParallel(KafkaNode::stopController);
    }

    private static int port(Options options, int id) {
        ListenPort first = options.port();
        return first.number() == 0 ? 0 : new ListenPort(first.number() + id, first.setting()).claim("Kafka");
    }

    /** One id for all nodes of a directory, over all restarts. */
    private static String clusterId(Path directory) {
        Path file = directory.resolve("cluster.id");
        try {
            if (!Files.exists(file)) {
                Files.writeString(file, Uuid.randomUuid().toString());
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new HarnessException("the Kafka folder %s cannot be used".formatted(directory), e);
        }
    }

    /** Completes the quorum once every controller listens, which they do while they start. */
    private static void gatherQuorum(List<KafkaNode> nodes, CompletableFuture<Map<Integer, InetSocketAddress>> quorum) {
        var all = nodes.stream().map(KafkaNode::controllerPort).toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(all)
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        quorum.completeExceptionally(failure);
                    } else {
                        quorum.complete(nodes.stream()
                                .collect(Collectors.toMap(
                                        KafkaNode::id,
                                        node -> ListenPort.address(
                                                node.controllerPort().join()))));
                    }
                })
                .exceptionally(failure -> null);
    }

    /** In parallel, because a node comes up, and goes, only with a majority. */
    private void inParallel(Consumer<KafkaNode> action) {
        var pool = Executors.newFixedThreadPool(nodes.size());
        try {
            List<Callable<Void>> actions = nodes.stream()
                    .<Callable<Void>>map(node -> () -> {
                        action.accept(node);
                        return null;
                    })
                    .toList();
            for (var result : pool.invokeAll(actions)) {
                result.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HarnessException("interrupted while Kafka starts or stops", e);
        } catch (ExecutionException e) {
            throw new HarnessException("a Kafka node did not start or stop: " + e.getCause(), e);
        } finally {
            pool.shutdownNow();
        }
    }
}
