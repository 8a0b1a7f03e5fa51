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
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** Reads a topic's bytes without a consumer group, all partitions or only the one that a key is in. */
final class TopicReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(500);

    private final org.apache.kafka.clients.consumer.Consumer<String, byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final Duration patience;
    private final Clock clock;

    /** @throws CliException if there is no such topic */
    TopicReader(Connection connection, String topic, @Nullable String key, Clock clock) {
        this(ClientSettings.consumer(connection), topic, key, clock);
    }

    private TopicReader(Map<String, Object> settings, String topic, @Nullable String key, Clock clock) {
        this(
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer()),
                topic,
                key,
                ClientSettings.patience(settings),
                clock);
    }

    /** @param patience how long nothing may come while there is something to come */
    TopicReader(
            org.apache.kafka.clients.consumer.Consumer<String, byte[]> consumer,
            String topic,
            @Nullable String key,
            Duration patience,
            Clock clock) {
        this.consumer = consumer;
        this.patience = patience;
        this.clock = clock;
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
     * @throws TimeoutException if brokers stop answering on the way: a consumer's poll waits for them without a word
     */
    long readToEnd(Consumer<ConsumerRecord<String, byte[]>> each) {
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        long position = position();
        Instant deadline = clock.instant().plus(patience);
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(POLL).forEach(each);
            Instant now = clock.instant();
            if (position() > position) {
                position = position();
                deadline = now.plus(patience);
            } else if (!now.isBefore(deadline)) {
                throw new TimeoutException("Nothing more of a topic came within " + patience + ".");
            }
        }
        return ends.values().stream().mapToLong(Long::longValue).sum();
    }

    /** In all partitions together; it counts what transactions leave behind too, which no poll returns. */
    private long position() {
        return partitions.stream().mapToLong(consumer::position).sum();
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
