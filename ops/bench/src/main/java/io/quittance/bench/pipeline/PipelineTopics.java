package io.quittance.bench.pipeline;

import io.quittance.bench.process.Lab;
import io.quittance.contract.TopicKey.PartitionRule;
import io.quittance.contract.Topics;
import io.quittance.harness.Awaiting;
import io.quittance.harness.HarnessException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** The topics of a pipeline, as its catalogue wants them. */
public final class PipelineTopics {
    private static final Duration LEADERS_LIMIT = Duration.ofSeconds(30);
    private static final short ONE_REPLICA = 1;

    private PipelineTopics() {}

    static void create(Lab lab, Topics topics, int partitions) {
        create(
                lab.admin(),
                topics.all(PipelineOptions.SYSTEMS).stream()
                        .map(topic -> new NewTopic(
                                        topic.name(),
                                        topic.spec().key().partitions() == PartitionRule.ONE ? 1 : partitions,
                                        ONE_REPLICA)
                                .configs(topic.spec().configs()))
                        .toList());
    }

    /** Makes those that are not there, and returns when every partition has a leader: Kafka itself answers earlier. */
    public static void create(Admin admin, Collection<NewTopic> topics) {
        try {
            Set<String> existing = admin.listTopics().names().get();
            admin.createTopics(topics.stream()
                            .filter(topic -> !existing.contains(topic.name()))
                            .toList())
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new HarnessException("topics could not be made: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HarnessException("interrupted while topics were made", e);
        }
        List<String> names = topics.stream().map(NewTopic::name).toList();
        Awaiting.until("every partition has a leader", LEADERS_LIMIT, () -> {
            Map<TopicPartition, OffsetSpec> partitions =
                    admin.describeTopics(names).allTopicNames().get().values().stream()
                            .flatMap(topic -> topic.partitions().stream()
                                    .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                            .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
            admin.listOffsets(partitions).all().get();
            return true;
        });
    }
}
