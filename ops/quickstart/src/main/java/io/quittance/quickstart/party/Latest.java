package io.quittance.quickstart.party;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The newest value per key of a compacted topic, followed on the caller's thread. */
final class Latest<V> implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<String, V> consumer;
    private final Map<String, V> values = new HashMap<>();

    Latest(KafkaConsumer<String, V> consumer, String topic) {
        this.consumer = consumer;
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Follows the topic until the key's value is as wanted. */
    V await(String key, Predicate<V> wanted, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < deadline) {
            V value = values.get(key);
            if (value != null && wanted.test(value)) {
                return value;
            }
            consumer.poll(POLL).forEach(entry -> put(entry.key(), entry.value()));
        }
        throw new IllegalStateException("within " + patience.toSeconds() + " s nothing as wanted came for " + key);
    }

    private void put(String key, @Nullable V value) {
        if (value == null) {
            values.remove(key);
        } else {
            values.put(key, value);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
