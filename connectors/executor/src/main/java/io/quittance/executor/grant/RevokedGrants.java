package io.quittance.executor.grant;

import io.quittance.executor.TaskFailure;
import io.quittance.schema.Revocation;
import io.quittance.schema.Task;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The revocations topic as far as it has been read. A grant that was revoked stays so, so nothing is read in vain. */
public final class RevokedGrants implements OrderMemory {
    private static final Logger log = LoggerFactory.getLogger(RevokedGrants.class);
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

    private final String topic;
    private final Deserializer<Revocation> deserializer;
    private final Clock clock;
    private final Map<String, Instant> notAfterByGrant = new ConcurrentHashMap<>();
    private final Map<String, Doubt> doubtBySubject = new ConcurrentHashMap<>();

    public RevokedGrants(String topic, Deserializer<Revocation> deserializer, Clock clock) {
        this.topic = topic;
        this.deserializer = deserializer;
        this.clock = clock;
    }

    /** Returns if nothing that has been read so far revokes the task's grant, or may. */
    void ensureNotRevoked(Task task) throws TaskFailure {
        if (notAfterByGrant.containsKey(task.getGrant().getGrantId())) {
            throw TaskFailure.refused("REVOKED", "The grant was revoked before the work was done.");
        }
        Optional<String> unreadable = doubtAbout(task);
        if (unreadable.isPresent()) {
            throw TaskFailure.retryable(
                    "REVOCATIONS_UNREADABLE",
                    "The record at " + unreadable.get() + " cannot be read and may have revoked this grant; an attempt"
                            + " that is issued after it will tell.");
        }
    }

    @Override
    public String topic() {
        return topic;
    }

    @Override
    public void startOver() {}

    @Override
    public void remember(ConsumerRecord<byte[], byte[]> entry) {
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

    @Override
    public void caughtUp() {
        Instant forgettable = clock.instant().minus(REMEMBERED);
        notAfterByGrant.values().removeIf(notAfter -> notAfter.isBefore(forgettable));
    }

    @Override
    public void close() {
        deserializer.close();
    }

    /**
     * Where a record is that cannot be read and may have revoked the task's grant. It may if it has the task's subject
     * for its key, or no key that could be a subject, and was written after the task was: a task issued later comes
     * from a pipeline that knows what it has revoked, and so ends the doubt.
     */
    private Optional<String> doubtAbout(Task task) {
        Instant lastInDoubt = task.getIssuedAt().minus(CLOCKS_APART);
        return Stream.of(task.getSubjectId(), EVERYONE)
                .map(doubtBySubject::get)
                .filter(doubt -> doubt != null && !doubt.writtenAt().isBefore(lastInDoubt))
                .map(Doubt::place)
                .findFirst();
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
