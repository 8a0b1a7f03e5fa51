package io.quittance.proving.nemesis;

import io.quittance.harness.HarnessException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;

/** Who leads which partition. */
final class Leaders {
    private static final long LIMIT_SECONDS = 30;

    private final String bootstrapServers;

    Leaders(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /**
     * Has every partition of every topic, Kafka's own included, led by another of its replicas.
     *
     * @param by how many places its replicas are shifted
     */
    void move(int by) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            var orders = new HashMap<TopicPartition, Optional<NewPartitionReassignment>>();
            replicas(admin).forEach((partition, replicas) -> orders.put(partition, Optional.of(shifted(replicas, by))));
            // The replicas stay where they are; only who is to lead, the first of them, changes.
            admin.alterPartitionReassignments(orders).all().get(LIMIT_SECONDS, TimeUnit.SECONDS);
            Map<TopicPartition, Optional<Throwable>> elected = admin.electLeaders(
                            ElectionType.PREFERRED, orders.keySet())
                    .partitions()
                    .get(LIMIT_SECONDS, TimeUnit.SECONDS);
            if (elected.values().stream().noneMatch(Optional::isEmpty)) {
                throw new HarnessException("no partition changed its leader");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HarnessException("interrupted while leaders moved", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new HarnessException("the leaders cannot be moved", e);
        }
    }

    private static Map<TopicPartition, List<Integer>> replicas(Admin admin)
            throws InterruptedException, ExecutionException, TimeoutException {
        Set<String> topics = admin.listTopics(new ListTopicsOptions().listInternal(true))
                .names()
                .get(LIMIT_SECONDS, TimeUnit.SECONDS);
        var replicas = new HashMap<TopicPartition, List<Integer>>();
        admin.describeTopics(topics)
                .allTopicNames()
                .get(LIMIT_SECONDS, TimeUnit.SECONDS)
                .forEach((name, topic) -> topic.partitions()
                        .forEach(partition -> replicas.put(
                                new TopicPartition(name, partition.partition()),
                                partition.replicas().stream().map(Node::id).toList())));
        return replicas;
    }

    private static NewPartitionReassignment shifted(List<Integer> replicas, int by) {
        var order = new ArrayList<>(replicas);
        Collections.rotate(order, -by);
        return new NewPartitionReassignment(order);
    }
}
