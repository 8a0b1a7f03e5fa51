package io.quittance.bench.peer.naive;

import io.quittance.bench.contender.Measured.LogCost;
import io.quittance.harness.HarnessException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** How much is on the log in topics of one prefix, transaction markers counted. */
record LogMeter(long records, long bytes) {
    static LogMeter read(Admin admin, String prefix) {
        try {
            Set<String> names = admin.listTopics().names().get().stream()
                    .filter(name -> name.startsWith(prefix))
                    .collect(Collectors.toSet());
            return new LogMeter(records(admin, names), bytes(admin, names));
        } catch (ExecutionException e) {
            throw new HarnessException("the broker does not tell what is on its log", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HarnessException("interrupted while the broker is asked what is on its log", e);
        }
    }

    LogCost since(LogMeter before, long requests) {
        return new LogCost((records - before.records) / (double) requests, (bytes - before.bytes) / (double) requests);
    }

    private static long records(Admin admin, Set<String> names) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> latest = admin.describeTopics(names).allTopicNames().get().values().stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        return admin.listOffsets(latest).all().get().values().stream()
                .mapToLong(offset -> offset.offset())
                .sum();
    }

    private static long bytes(Admin admin, Set<String> names) throws ExecutionException, InterruptedException {
        int broker = admin.describeCluster().nodes().get().iterator().next().id();
        return admin.describeLogDirs(List.of(broker)).allDescriptions().get().values().stream()
                .flatMap(directories -> directories.values().stream())
                .flatMap(directory -> directory.replicaInfos().entrySet().stream())
                .filter(replica -> names.contains(replica.getKey().topic()))
                .mapToLong(replica -> replica.getValue().size())
                .sum();
    }
}
