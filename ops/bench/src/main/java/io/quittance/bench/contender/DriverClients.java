package io.quittance.bench.contender;

import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/** Kafka clients of whoever drives a contender: the same for each, so that none has better ones. */
public final class DriverClients {
    private static final int MOST_A_POLL = 5_000;
    private static final int BATCH_BYTES = 64 * 1024;

    private DriverClients() {}

    public static <K> KafkaProducer<K, byte[]> producer(Surroundings surroundings, Serializer<K> keys) {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        surroundings.bootstrapServers(),
                        "linger.ms",
                        1,
                        "batch.size",
                        BATCH_BYTES,
                        "compression.type",
                        "lz4"),
                keys,
                new ByteArraySerializer());
    }

    /** Sees what was committed, and nothing else. */
    public static KafkaConsumer<byte[], byte[]> consumer(Surroundings surroundings) {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        surroundings.bootstrapServers(),
                        "isolation.level",
                        "read_committed",
                        "max.poll.records",
                        MOST_A_POLL,
                        "enable.auto.commit",
                        false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }
}
