package io.quittance.streams.codec;

import io.quittance.contract.ContractSerdes;
import io.quittance.contract.SpecificAvroSerde.RegistryUnavailableException;
import java.util.EnumMap;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Reads input records. Not thread-safe: one per task. */
public final class CommandReader implements AutoCloseable {
    private final Map<InputTopic, Deserializer<?>> deserializers = new EnumMap<>(InputTopic.class);
    private final int maxValueBytes;

    /**
     * @param serdeConfig {@code schema.registry.url} and the other standard keys
     * @param maxValueBytes larger values are not read
     */
    public CommandReader(Map<String, ?> serdeConfig, int maxValueBytes) {
        this.maxValueBytes = maxValueBytes;
        for (InputTopic input : InputTopic.values()) {
            deserializers.put(
                    input, ContractSerdes.of(input.type(), serdeConfig).deserializer());
        }
    }

    /** @throws RegistryUnavailableException if it cannot be told now what the bytes are: try again */
    public Reading read(InputTopic input, String topic, byte @Nullable [] value) {
        if (value == null) {
            return new Reading.Senseless("INVALID", "The record has no value.");
        }
        if (value.length > maxValueBytes) {
            return new Reading.Senseless(
                    "OVERSIZED", "The value is larger than the " + maxValueBytes + " bytes that are read.");
        }
        try {
            return CommandMapping.understand(decode(input, topic, value));
        } catch (InvalidRecordException invalid) {
            return new Reading.Senseless("INVALID", String.valueOf(invalid.getMessage()));
        } catch (SerializationException undecodable) {
            return new Reading.Senseless(
                    "UNDECODABLE", "The value is not a " + input.type().getSimpleName() + " in the registry's format.");
        }
    }

    @Override
    public void close() {
        deserializers.values().forEach(Deserializer::close);
    }

    private Object decode(InputTopic input, String topic, byte[] value) {
        Deserializer<?> deserializer = deserializers.get(input);
        Object event = deserializer == null ? null : deserializer.deserialize(topic, value);
        if (event == null) {
            throw new SerializationException("The value decodes to nothing.");
        }
        return event;
    }
}
