package io.quittance.executor.run;

import com.google.common.hash.Hashing;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import io.quittance.contract.SpecificAvroSerde.RegistryUnavailableException;
import io.quittance.schema.DeadLetter;
import io.quittance.schema.Task;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Reads tasks out of records, and writes up the records that hold none. Thread-safe. */
public final class TaskReader {
    private static final int KEPT_OF_KEY = 1024;
    private static final int KEPT_OF_VALUE = 64 * 1024;

    /** Without a registry nobody can say whether the bytes are a task: wait for it, whatever it takes. */
    private static final RetryPolicy<Task> UNTIL_REGISTRY_ANSWERS = RetryPolicy.<Task>builder()
            .handle(RegistryUnavailableException.class)
            .withMaxAttempts(-1)
            .withBackoff(Duration.ofMillis(200), Duration.ofSeconds(10))
            .withJitter(0.25)
            .build();

    private final Deserializer<Task> deserializer;
    private final String component;
    private final boolean deadLetterPayload;
    private final Clock clock;

    /**
     * @param component what dead letters name as the part that gave up
     * @param deadLetterPayload whether a dead letter carries the record's bytes
     */
    public TaskReader(Deserializer<Task> deserializer, String component, boolean deadLetterPayload, Clock clock) {
        this.deserializer = deserializer;
        this.component = component;
        this.deadLetterPayload = deadLetterPayload;
        this.clock = clock;
    }

    /** The task in a record, or empty if these bytes will never be one. */
    public Optional<Task> read(DeliveredRecord delivered) throws InterruptedException {
        byte @Nullable [] value = delivered.value();
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(
                    Failsafe.with(UNTIL_REGISTRY_ANSWERS).get(() -> deserialize(delivered.topic(), value)));
        } catch (SerializationException notATask) {
            return Optional.empty();
        } catch (FailsafeException interrupted) {
            if (interrupted.getCause() instanceof InterruptedException stopping) {
                throw stopping;
            }
            throw interrupted;
        }
    }

    /** The dead letter for a record that holds no task. */
    public DeadLetter deadLetter(DeliveredRecord delivered) {
        byte @Nullable [] value = delivered.value();
        byte @Nullable [] key = delivered.key();
        return DeadLetter.newBuilder()
                .setCode("UNDECODABLE")
                .setDetail("The record's value is not a Task in the registry's wire format.")
                .setTopic(delivered.topic())
                .setPartition(delivered.partition())
                .setOffset(delivered.offset())
                .setTimestamp(Instant.ofEpochMilli(delivered.timestamp()))
                .setKey(deadLetterPayload ? start(key, KEPT_OF_KEY) : null)
                .setValue(deadLetterPayload ? start(value, KEPT_OF_VALUE) : null)
                .setValueBytes(value == null ? 0 : value.length)
                .setValueSha256(
                        value == null ? null : Hashing.sha256().hashBytes(value).toString())
                .setComponent(component)
                .setAt(clock.instant())
                .build();
    }

    private synchronized @Nullable Task deserialize(String topic, byte[] value) {
        return deserializer.deserialize(topic, value);
    }

    private static @Nullable ByteBuffer start(byte @Nullable [] bytes, int length) {
        return bytes == null ? null : ByteBuffer.wrap(Arrays.copyOf(bytes, Math.min(bytes.length, length)));
    }
}
