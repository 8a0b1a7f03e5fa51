package io.quittance.executor.grant;

import com.google.common.base.Stopwatch;
import io.quittance.schema.Revocation;
import io.quittance.schema.Task;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all partitions of the revocations topic from their beginning, without a group: every executor needs all of it.
 * Not thread-safe, but for {@link #hasRead} and {@link #doubtAbout}.
 */
public final class RevocationReader implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RevocationReader.class);
    private static final Duration POLL = Duration.ofMillis(100);
    /** How long after its grant shut by itself a revocation is remembered: longer than clocks differ. */
    private static final Duration REMEMBERED = Duration.ofDays(1);

    /** Doubt about the tasks of every subject. */
    private static final String EVERYONE = "";
    /** The contract's limit of a subject_id: a longer key is nobody's. */
    private static final int LONGEST_SUBJECT = 256;
    /** How far the clocks of two instances of the pipeline may be apart. */
    private static final Duration CLOCKS_APART = Duration.ofSeconds(10);

    /** A record that nobody can read: where it is, and when it was written. */
    private record Doubt(String place, Instant writtenAt) {
        Doubt orLater(Doubt other) {
            return other.writtenAt.isAfter(writtenAt) ? other : this;
        }
    }

    private final Consumer<byte[], byte[]> consumer;
    private final Consumer<?, ?> ends;
    private final Deserializer<Revocation> deserializer;
    private final String topic;
    private final Clock clock;
    private final Map<String, Instant> notAfterByGrant = new ConcurrentHashMap<>();
    private final Map<String, Doubt> doubtBySubject = new ConcurrentHashMap<>();
    private Set<TopicPartition> assigned = Set.of();

    /**
     * @param consumer read-committed, without a group; closed with this reader
     * @param ends read-uncommitted, and asked for ends only: to a read-committed one a partition ends where a
     *     transaction is still open, with revocations that are committed already behind it; closed with this reader
     */
    public RevocationReader(
            Consumer<byte[], byte[]> consumer,
            Consumer<?, ?> ends,
            Deserializer<Revocation> deserializer,
            String topic,
            Clock clock) {
        this.consumer = consumer;
        this.ends = ends;
        this.deserializer = deserializer;
        this.topic = topic;
        this.clock = clock;
    }

    /** Whether a revocation of this grant has been read so far. */
    public boolean hasRead(String grantId) {
        return notAfterByGrant.containsKey(grantId);
    }

    /**
     * Where a record is that cannot be read and may have revoked the task's grant. It may if it has the task's subject
     * for its key, or no key that could be a subject, and was written after the task was: a task issued later comes
     * from a pipeline that knows what it has revoked, and so ends the doubt.
     */
    Optional<String> doubtAbout(Task task) {
        Instant lastInDoubt = task.getIssuedAt().minus(CLOCKS_APART);
        return Stream.of(task.getSubjectId(), EVERYONE)
                .map(doubtBySubject::get)
                .filter(doubt -> doubt != null && !doubt.writtenAt().isBefore(lastInDoubt))
                .map(Doubt::place)
                .findFirst();
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
            Map<TopicPartition, Long> end = ends.endOffsets(assigned, timeout);
            while (!hasReached(end, timeout)) {
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
        // An interrupted consumer closes and then throws: the next one is closed all the same.
        try (deserializer;
                ends) {
            consumer.close();
        }
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
        @Nullable Revocation revocation = null;
        try {
            revocation = deserializer.deserialize(topic, entry.value());
        } catch (SerializationException unreadable) {
            // Falls in doubt, as a record without a value does.
        }
        if (revocation == null) {
            doubt(entry);
        } else {
            notAfterByGrant.put(revocation.getGrantId(), revocation.getGrantNotAfter());
        }
    }

    private void doubt(ConsumerRecord<byte[], byte[]> entry) {
        String place = topic + "-" + entry.partition() + "@" + entry.offset();
        doubtBySubject.merge(subject(entry.key()), new Doubt(place, writtenAt(entry)), Doubt::orLater);
        log.atError().addKeyValue("record", place).log("revocation unreadable, tasks it may have meant are held back");
    }

    private static String subject(byte @Nullable [] key) {
        if (key == null || key.length > LONGEST_SUBJECT * Character.BYTES * 2) {
            return EVERYONE;
        }
        String subject = new String(key, StandardCharsets.UTF_8);
        return subject.length() > LONGEST_SUBJECT ? EVERYONE : subject;
    }

    /** Nothing is written later than it is read: a time to come would leave a doubt that nothing ends. */
    private Instant writtenAt(ConsumerRecord<byte[], byte[]> entry) {
        Instant now = clock.instant();
        Instant stated = Instant.ofEpochMilli(entry.timestamp());
        return entry.timestampType() == TimestampType.NO_TIMESTAMP_TYPE || stated.isAfter(now) ? now : stated;
    }
}
