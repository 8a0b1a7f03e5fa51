package io.quittance.contract;

import io.confluent.kafka.schemaregistry.client.rest.RestService;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.confluent.kafka.serializers.AbstractKafkaSchemaSerDeConfig;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroDeserializerConfig;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import io.confluent.kafka.serializers.KafkaAvroSerializerConfig;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.avro.io.DatumReader;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Values of one record type of the contract, in the registry's wire format. Whatever the writer's schema is called,
 * what comes out is a {@code T} or an error.
 *
 * <p>Reading tells two failures apart: {@link SerializationException} means that these bytes will never be a {@code T};
 * {@link RegistryUnavailableException} means that nobody knows yet, and to try again.
 */
public final class SpecificAvroSerde<T extends SpecificRecord> implements Serde<T> {

    static {
        DecoderLimits.establish();
    }

    private final ValueSerializer<T> serializer;
    private final ValueDeserializer<T> deserializer;

    SpecificAvroSerde(Class<T> type) {
        this.serializer = new ValueSerializer<>();
        this.deserializer = new ValueDeserializer<>(type);
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        serializer.configure(configs, isKey);
        deserializer.configure(configs, isKey);
    }

    @Override
    public Serializer<T> serializer() {
        return serializer;
    }

    @Override
    public Deserializer<T> deserializer() {
        return deserializer;
    }

    @Override
    public void close() {
        serializer.close();
        deserializer.close();
    }

    /** The registry could not say which schema the bytes have: down, overloaded, or it does not let us in. */
    public static final class RegistryUnavailableException extends RetriableException {
        private static final long serialVersionUID = 1L;

        RegistryUnavailableException(Throwable cause) {
            super(
                    "The schema registry did not answer. Check that "
                            + AbstractKafkaSchemaSerDeConfig.SCHEMA_REGISTRY_URL_CONFIG
                            + " points to one that runs and lets this client in.",
                    cause);
        }
    }

    private static final class ValueSerializer<T extends SpecificRecord> implements Serializer<T> {
        private static final int CONFLICT = 409;

        private final KafkaAvroSerializer delegate = new KafkaAvroSerializer();
        private final Map<String, Optional<KnownSchema<T>>> knownByTopic = new ConcurrentHashMap<>();
        private boolean schemaIsOurs;

        @Override
        public void configure(Map<String, ?> configs, boolean isKey) {
            Map<String, Object> settings = new HashMap<>(configs);
            schemaIsOurs = !Boolean.parseBoolean(
                    String.valueOf(settings.get(AbstractKafkaSchemaSerDeConfig.USE_LATEST_VERSION)));
            // Without this the schema in the registry would depend on the writer being Java.
            settings.putIfAbsent(KafkaAvroSerializerConfig.AVRO_REMOVE_JAVA_PROPS_CONFIG, true);
            settings.putIfAbsent(KafkaAvroSerializerConfig.AVRO_USE_LOGICAL_TYPE_CONVERTERS_CONFIG, true);
            delegate.configure(settings, isKey);
        }

        @Override
        public byte @Nullable [] serialize(String topic, @Nullable T value) {
            return value == null ? null : write(topic, value, () -> delegate.serialize(topic, value));
        }

        @Override
        public byte @Nullable [] serialize(String topic, Headers headers, @Nullable T value) {
            return value == null ? null : write(topic, value, () -> delegate.serialize(topic, headers, value));
        }

        /** The first value of each topic goes through the registry's serializer, which is told or given the id. */
        private byte[] write(String topic, T value, Supplier<byte[]> byRegistry) {
            Optional<KnownSchema<T>> known = knownByTopic.get(topic);
            if (known != null && known.isPresent()) {
                return known.get().write(value);
            }
            byte[] written = registering(byRegistry);
            if (known == null && schemaIsOurs) {
                knownByTopic.put(topic, Optional.ofNullable(KnownSchema.learn(value, written)));
            }
            return written;
        }

        /**
         * Two writers that register the same first schema at the same time: one of them may be told that it is there
         * already, and finds it when it asks again. An incompatible schema is refused the second time as well.
         */
        private static byte[] registering(Supplier<byte[]> write) {
            try {
                return write.get();
            } catch (SerializationException refused) {
                if (refused.getCause() instanceof RestClientException answer && answer.getStatus() == CONFLICT) {
                    return write.get();
                }
                throw refused;
            }
        }

        @Override
        public void close() {
            delegate.close();
        }
    }

    /** Confluent's, but for schemas with which a few bytes keep the reader busy for ever. */
    private static final class BoundedAvroDeserializer extends KafkaAvroDeserializer {
        private @Nullable Schema bounded;

        @Override
        protected DatumReader<?> getDatumReader(Schema writer, @Nullable Schema reader) throws ExecutionException {
            if (!isKnown(writer)) {
                BoundedSchema.require(writer);
                bounded = writer;
            }
            return super.getDatumReader(writer, reader);
        }

        /** Nearly all records of a topic have the same schema, and the registry's client gives the same object. */
        @SuppressWarnings("ReferenceEquality")
        private boolean isKnown(Schema writer) {
            return writer == bounded;
        }
    }

    private static final class ValueDeserializer<T extends SpecificRecord> implements Deserializer<T> {
        private static final String REGISTRY_CLIENT = RestService.class.getPackageName();

        private final KafkaAvroDeserializer delegate = new BoundedAvroDeserializer();
        private final Class<T> type;
        private final Schema schema;

        ValueDeserializer(Class<T> type) {
            this.type = type;
            this.schema = SpecificData.get().getSchema(type);
        }

        @Override
        public void configure(Map<String, ?> configs, boolean isKey) {
            Map<String, Object> settings = new HashMap<>(configs);
            settings.put(KafkaAvroDeserializerConfig.SPECIFIC_AVRO_READER_CONFIG, true);
            settings.putIfAbsent(KafkaAvroDeserializerConfig.AVRO_USE_LOGICAL_TYPE_CONVERTERS_CONFIG, true);
            delegate.configure(settings, isKey);
        }

        @Override
        public @Nullable T deserialize(String topic, byte @Nullable [] bytes) {
            if (bytes == null) {
                return null;
            }
            try {
                return type.cast(delegate.deserialize(topic, bytes, schema));
            } catch (RuntimeException unreadable) {
                throw classify(unreadable);
            }
        }

        @Override
        public @Nullable T deserialize(String topic, Headers headers, byte @Nullable [] bytes) {
            return deserialize(topic, bytes);
        }

        @Override
        public void close() {
            delegate.close();
        }

        /**
         * Avro throws many kinds of exceptions on bytes that are not its own; a reader wants to know just one thing.
         */
        private RuntimeException classify(RuntimeException failure) {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (cause instanceof RetriableException) {
                    return new RegistryUnavailableException(failure);
                }
                if (cause instanceof RestClientException refused) {
                    return isUnknownSchema(refused) ? unreadable(failure) : new RegistryUnavailableException(failure);
                }
                if (cause instanceof IOException && cameThroughTheRegistryClient(cause)) {
                    return new RegistryUnavailableException(failure);
                }
            }
            return unreadable(failure);
        }

        private SerializationException unreadable(RuntimeException failure) {
            return failure instanceof SerializationException serialization
                    ? serialization
                    : new SerializationException("These bytes are not a " + schema.getName() + ".", failure);
        }

        /** Only the registry's own error codes count: a plain 404 may as well mean that the address is wrong. */
        private static boolean isUnknownSchema(RestClientException refused) {
            return refused.getErrorCode() / 100 == 404;
        }

        /** Avro's decoder throws {@link IOException} as well, on bytes; the class alone does not tell. */
        private static boolean cameThroughTheRegistryClient(Throwable failure) {
            return Arrays.stream(failure.getStackTrace())
                    .anyMatch(frame -> frame.getClassName().startsWith(REGISTRY_CLIENT));
        }
    }
}
