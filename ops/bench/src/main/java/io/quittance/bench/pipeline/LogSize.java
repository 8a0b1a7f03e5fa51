package io.quittance.bench.pipeline;

import io.quittance.harness.HarnessException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * What some topics hold.
 *
 * @param records by topic, as end offsets tell: transaction markers count, compaction does not
 * @param bytes by topic, on disk
 */
public record LogSize(Map<String, Long> records, Map<String, Long> bytes) {

    /** Of all topics of one pipeline, internal ones included. */
    public static LogSize of(Admin admin, String pipeline) {
        try {
            Set<String> names = admin.listTopics(new ListTopicsOptions().listInternal(true)).names().get().stream()
                    .filter(name -> name.startsWith(pipeline + ".") || name.startsWith(pipeline + "-"))
                    .collect(Collectors.toSet());
            return new LogSize(records(admin, names), bytes(admin, names));
        } catch (ExecutionException e) {
            throw new HarnessException("the broker does not tell what is on its log", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HarnessException("interrupted while the broker is asked what is on its log", e);
        }
    }

    public long allRecords() {
        return records.values().stream().mapToLong(Long::longValue).sum();
    }

    public long allBytes() {
        return bytes.values().stream().mapToLong(Long::longValue).sum();
    }

    private static Map<String, Long> records(Admin admin, Set<String> names)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> latest = admin.describeTopics(names).allTopicNames().get().values().stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
        return admin.listOffsets(latest).all().get().entrySet().stream()
                .collect(Collectors.groupingBy(
                        entry -> entry.getKey().topic(),
                        Collectors.summingLong(entry -> entry.getValue().offset())));
    }

    private static Map<String, Long> bytes(Admin admin, Set<String> names)
            throws ExecutionException, InterruptedException {
        return admin.describeLogDirs(List.of(0)).allDescriptions().get().values().stream()
                .flatMap(broker -> broker.values().stream())
                .flatMap(directory -> directory.replicaInfos().entrySet().stream())
                .filter(replica -> names.contains(replica.getKey().topic()))
                .collect(Collectors.groupingBy(
                        replica -> replica.getKey().topic(),
                        Collectors.summingLong(replica -> replica.getValue().size())));
    }
}
