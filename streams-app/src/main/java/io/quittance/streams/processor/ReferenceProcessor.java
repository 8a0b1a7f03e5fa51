package io.quittance.streams.processor;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quittance.streams.codec.Arrival;
import io.quittance.streams.codec.InvalidRecordException;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes up what operators publish: policies, entries of the data map, or freezes. A document that cannot be used never
 * replaces one that can; it is handed to people instead.
 */
public final class ReferenceProcessor implements Processor<byte[], byte[], Void, Void> {
    private static final Logger log = LoggerFactory.getLogger(ReferenceProcessor.class);

    /** Its records block only this thread; whoever waits for the application to be ready waits with it. */
    private static final Duration REGISTRY_PATIENCE = Duration.ofMinutes(5);

    private final String store;
    private final Publication publication;
    private final DeadLetterPort deadLetters;
    private final Patience patience = new Patience(REGISTRY_PATIENCE);
    private @Nullable ProcessorContext<Void, Void> context;

    /** @param store name of the global store that keeps the documents as they were published */
    public ReferenceProcessor(String store, Publication publication, DeadLetterPort deadLetters) {
        this.store = store;
        this.publication = publication;
        this.deadLetters = deadLetters;
    }

    /** What publishing a document, or withdrawing it, comes to. */
    public interface Publication extends AutoCloseable {
        /**
         * @throws SerializationException if the bytes are no such document
         * @throws InvalidRecordException if the document cannot be used
         * @throws io.quittance.contract.SpecificAvroSerde.RegistryUnavailableException to try again
         */
        void publish(String topic, String key, byte[] document);

        void withdraw(String key);

        /** The document that was published last under that key cannot be used; what was in force before may stay so. */
        default void unusable(String key) {}

        @Override
        void close();
    }

    @Override
    public void init(ProcessorContext<Void, Void> globalContext) {
        this.context = globalContext;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Arrival arrival = arrival(record);
        if (arrival.key() == null) {
            refuse(arrival, "INVALID", "The record has no key.");
            return;
        }
        String key = new String(arrival.key(), UTF_8);
        try {
            take(arrival, key);
        } catch (InvalidRecordException invalid) {
            publication.unusable(key);
            refuse(arrival, "INVALID", String.valueOf(invalid.getMessage()));
        } catch (SerializationException undecodable) {
            publication.unusable(key);
            refuse(arrival, "UNDECODABLE", "The value is not what this topic holds.");
        }
    }

    @Override
    public void close() {
        publication.close();
    }

    private void take(Arrival arrival, String key) {
        byte[] document = arrival.value();
        if (document == null) {
            publication.withdraw(key);
            documents().delete(key);
            log.atInfo().addKeyValue("topic", arrival.topic()).log("document withdrawn");
            return;
        }
        patience.get(() -> {
            publication.publish(arrival.topic(), key, document);
            return key;
        });
        documents().put(key, document);
        log.atInfo().addKeyValue("topic", arrival.topic()).log("document in force");
    }

    private void refuse(Arrival arrival, String code, String detail) {
        log.atWarn()
                .addKeyValue("topic", arrival.topic())
                .addKeyValue("offset", arrival.offset())
                .addKeyValue("code", code)
                .log("document refused");
        deadLetters.deadLetter(arrival, code, detail);
    }

    private Arrival arrival(Record<byte[], byte[]> record) {
        RecordMetadata from =
                bound().recordMetadata().orElseThrow(() -> new IllegalStateException("a record from nowhere"));
        return new Arrival(
                from.topic(),
                from.partition(),
                from.offset(),
                Instant.ofEpochMilli(record.timestamp()),
                record.key(),
                record.value());
    }

    private KeyValueStore<String, byte[]> documents() {
        return bound().getStateStore(store);
    }

    private ProcessorContext<Void, Void> bound() {
        if (context == null) {
            throw new IllegalStateException("used before init");
        }
        return context;
    }
}
