package io.quittance.streams.cli.kafka;

import io.quittance.streams.cli.CliException;
import io.quittance.streams.cli.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** Reads a topic's bytes without a consumer group, all partitions or only the one that a key is in. */
final class TopicReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(500);

    private final KafkaConsumer<String, byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final Clock clock;

    /** @throws CliException if there is no such topic */
    TopicReader(Connection connection, String topic, @Nullable String key, Clock clock) {
        this.clock = clock;
        this.consumer = new KafkaConsumer<>(
                ClientSettings.consumer(connection), new StringDeserializer(), new ByteArrayDeserializer());
        try {
            int count = consumer.partitionsFor(topic).size();
            if (count == 0) {
                throw noSuchTopic(topic);
            }
            this.partitions = key == null
                    ? IntStream.range(0, count)
                            .mapToObj(partition -> new TopicPartition(topic, partition))
                            .toList()
                    : List.of(new TopicPartition(topic, partitionOf(key, count)));
            consumer.assign(partitions);
        } catch (RuntimeException failed) {
            consumer.close();
            throw failed;
        }
    }

    static CliException noSuchTopic(String topic) {
        return CliException.notFound(
                "There is no topic '" + topic + "'.",
                "Check --prefix; create the pipeline's topics with 'quittance topics apply'.");
    }

    /**
     * Every record there is at this moment.
     *
     * @return how many offsets have been given in these partitions
     */
    long readToEnd(Consumer<ConsumerRecord<String, byte[]>> each) {
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(POLL).forEach(each);
        }
        return ends.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * Records as they come, until the function returns false or time is up.
     *
     * @return false if time was up
     */
    boolean follow(boolean fromBeginning, Duration timeout, Predicate<ConsumerRecord<String, byte[]>> goOn) {
        if (fromBeginning) {
            consumer.seekToBeginning(partitions);
        } else {
            consumer.seekToEnd(partitions);
        }
        Instant deadline = clock.instant().plus(timeout);
        while (clock.instant().isBefore(deadline)) {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                if (!goOn.test(record)) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public void close() {
        consumer.close();
    }

    /** As Kafka's default partitioner does it. */
    private static int partitionOf(String key, int count) {
        try (StringSerializer serializer = new StringSerializer()) {
            return Utils.toPositive(Utils.murmur2(serializer.serialize("", key))) % count;
        }
    }
}
