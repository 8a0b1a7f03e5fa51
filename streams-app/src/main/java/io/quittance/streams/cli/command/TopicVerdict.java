package io.quittance.streams.cli.command;

import io.quittance.contract.TopicKey.PartitionRule;
import io.quittance.contract.Topics.Topic;
import io.quittance.streams.cli.kafka.TopicAdmin.ExistingTopic;
import io.quittance.streams.cli.kafka.TopicAdmin.WantedTopic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/**
 * A topic of the catalogue beside the one that exists.
 *
 * @param wanted how it would be created
 * @param exists whether it exists
 * @param differences where an existing one is not as it should be
 */
record TopicVerdict(WantedTopic wanted, boolean exists, List<Difference> differences) {

    /** The name of a setting, what it should be and what it is. */
    record Difference(String what, String expected, String actual) {
        @Override
        public String toString() {
            return what + " is " + actual + ", not " + expected;
        }
    }

    static TopicVerdict of(
            Topic topic, int sharedPartitions, Optional<Short> replicationFactor, @Nullable ExistingTopic existing) {
        WantedTopic wanted = wanted(topic, sharedPartitions, replicationFactor);
        return existing == null
                ? new TopicVerdict(wanted, false, List.of())
                : new TopicVerdict(wanted, true, differences(topic, wanted, existing));
    }

    private static WantedTopic wanted(Topic topic, int sharedPartitions, Optional<Short> replicationFactor) {
        Map<String, String> configs = new HashMap<>(topic.spec().configs());
        if (replicationFactor.orElse((short) 0) >= 3) {
            configs.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, "2");
        }
        int partitions = topic.spec().key().partitions() == PartitionRule.ONE ? 1 : sharedPartitions;
        return new WantedTopic(topic.name(), partitions, replicationFactor, configs);
    }

    private static List<Difference> differences(Topic topic, WantedTopic wanted, ExistingTopic existing) {
        List<Difference> differences = new ArrayList<>();
        boolean anyCount = topic.spec().key().partitions() == PartitionRule.FREE;
        if (!anyCount && existing.partitions() != wanted.partitions()) {
            differences.add(new Difference(
                    "partitions", String.valueOf(wanted.partitions()), String.valueOf(existing.partitions())));
        }
        wanted.replicationFactor()
                .filter(factor -> factor != existing.replicationFactor())
                .ifPresent(factor -> differences.add(new Difference(
                        "replication factor", String.valueOf(factor), String.valueOf(existing.replicationFactor()))));
        new TreeMap<>(wanted.configs()).forEach((name, expected) -> {
            String actual = existing.configs().getOrDefault(name, "not set");
            if (!sameSetting(expected, actual)) {
                differences.add(new Difference(name, expected, actual));
            }
        });
        return differences;
    }

    /** 0.1 and 0.10 are the same to a broker. */
    private static boolean sameSetting(String expected, String actual) {
        return expected.equals(actual)
                || (expected.matches("\\d+\\.\\d+")
                        && actual.matches("\\d+(\\.\\d+)?")
                        && Double.compare(Double.parseDouble(expected), Double.parseDouble(actual)) == 0);
    }
}
