package io.quittance.executor.grant;

import com.google.common.base.Stopwatch;
import io.quittance.schema.Revocation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all partitions of the revocations topic from their beginning, without a group: every executor needs all of it.
 * Not thread-safe, but for {@link #hasRead}.
 */
public final class RevocationReader implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RevocationReader.class);
    private static final Duration POLL = Duration.ofMillis(100);
    /** How long after its grant shut by itself a revocation is remembered: longer than clocks differ. */
    private static final Duration REMEMBERED = Duration.ofDays(1);

    private final Consumer<byte[], byte[]> consumer;
    private final Deserializer<Revocation> deserializer;
    private final String topic;
    private final Clock clock;
    private final Map<String, Instant> notAfterByGrant = new ConcurrentHashMap<>();
    private Set<TopicPartition> assigned = Set.of();

    /** @param consumer read-committed, without a group; closed with this reader */
    public RevocationReader(
            Consumer<byte[], byte[]> consumer, Deserializer<Revocation> deserializer, String topic, Clock clock) {
        this.consumer = consumer;
        this.deserializer = deserializer;
        this.topic = topic;
        this.clock = clock;
    }

    /** Whether a revocation of this grant has been read so far. */
    public boolean hasRead(String grantId) {
        return notAfterByGrant.containsKey(grantId);
    }

    /**
     * Reads up to the end that the topic has now.
     *
     * @throws org.apache.kafka.common.KafkaException when that was not possible in time; nothing read is forgotten
     */
    void readToEnd(Duration timeout) {
        Stopwatch elapsed = Stopwatch.createStarted();
        Instant forgettable = clock.instant().minus(REMEMBERED);
        notAfterByGrant.values().removeIf(notAfter -> notAfter.isBefore(forgettable));
        try {
            assign(timeout);
            Map<TopicPartition, Long> ends = consumer.endOffsets(assigned, timeout);
            while (!hasReached(ends, timeout)) {
                if (elapsed.elapsed().compareTo(timeout) >= 0) {
                    throw new TimeoutException("the end of the revocations topic was not reached in time");
                }
                consumer.poll(POLL).forEach(this::remember);
            }
        } catch (RuntimeException incomplete) {
            // A polled batch may be half remembered: the next round starts over rather than skip the rest.
            assigned = Set.of();
            throw incomplete;
        }
    }

    @Override
    public void close() {
        consumer.close();
        deserializer.close();
    }

    private void assign(Duration timeout) {
        @Nullable List<PartitionInfo> partitions = consumer.partitionsFor(topic, timeout);
        if (partitions == null || partitions.isEmpty()) {
            throw new UnknownTopicOrPartitionException("the revocations topic does not exist");
        }
        Set<TopicPartition> present = new HashSet<>();
        partitions.forEach(partition -> present.add(new TopicPartition(topic, partition.partition())));
        if (!present.equals(assigned)) {
            consumer.assign(present);
            consumer.seekToBeginning(present);
            assigned = present;
        }
    }

    private boolean hasReached(Map<TopicPartition, Long> ends, Duration timeout) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey(), timeout) >= end.getValue());
    }

    private void remember(ConsumerRecord<byte[], byte[]> entry) {
        try {
            @Nullable Revocation revocation = deserializer.deserialize(topic, entry.value());
            if (revocation != null) {
                notAfterByGrant.put(revocation.getGrantId(), revocation.getGrantNotAfter());
            }
        } catch (SerializationException unreadable) {
            // Nobody will ever know which grant it meant, and stopping every executor for good would not tell.
            log.atError()
                    .addKeyValue("topic", topic)
                    .addKeyValue("partition", entry.partition())
                    .addKeyValue("offset", entry.offset())
                    .log("revocation undecodable");
        }
    }
}
