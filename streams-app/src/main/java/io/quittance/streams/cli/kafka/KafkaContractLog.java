package io.quittance.streams.cli.kafka;

import io.quittance.contract.ContractSerdes;
import io.quittance.contract.Topics;
import io.quittance.streams.cli.Connection;
import io.quittance.streams.cli.output.Output;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** {@link ContractLog} over plain Kafka clients and the registry's serdes. */
final class KafkaContractLog implements ContractLog {

    private final Connection connection;
    private final Consumer<String> warnings;
    private final Clock clock;

    /** Publishing reads a key more than once; its flaws are told once. */
    private final Set<String> warned = new HashSet<>();

    KafkaContractLog(Connection connection, Consumer<String> warnings, Clock clock) {
        this.connection = connection;
        this.warnings = warnings;
        this.clock = clock;
    }

    @Override
    public long append(String topic, String key, SpecificRecord value) {
        return send(topic, key, () -> serialize(topic, value.getClass(), value));
    }

    @Override
    public void remove(String topic, String key) {
        send(topic, key, () -> null);
    }

    /** Each version took at least one offset, and offsets are never given again: the log's end is above them all. */
    @Override
    public int firstVersion(String topic, String key) {
        try (TopicReader reader = new TopicReader(connection, topic, key, clock)) {
            AtomicLong read = new AtomicLong();
            AtomicBoolean known = new AtomicBoolean();
            long end = reader.readToEnd(record -> {
                read.incrementAndGet();
                known.compareAndSet(false, key.equals(record.key()));
            });
            boolean complete = read.get() == end;
            return complete && !known.get() ? 1 : Math.toIntExact(end + 1);
        }
    }

    private long send(String topic, String key, Supplier<byte @Nullable []> value) {
        try (TopicReader existing = new TopicReader(connection, topic, key, clock);
                var producer = new KafkaProducer<>(
                        ClientSettings.producer(connection), new StringSerializer(), new ByteArraySerializer())) {
            // The reader was only opened to be sure that sending does not create the topic with a broker's defaults.
            return acknowledged(producer.send(new ProducerRecord<>(topic, key, value.get())));
        }
    }

    /**
     * The offset of what was sent. What a broker refused is not there; a failure that may pass can have cost the answer
     * alone.
     */
    static long acknowledged(Future<RecordMetadata> sent) {
        try {
            return sent.get().offset();
        } catch (InterruptedException interrupted) {
            throw new UnacknowledgedException(new InterruptException(interrupted));
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause();
            if (cause instanceof RetriableException unanswered) {
                throw new UnacknowledgedException(unanswered);
            }
            throw cause instanceof RuntimeException refused ? refused : new KafkaException(cause);
        }
    }

    @Override
    public <T extends SpecificRecord> void scan(String topic, Class<T> type, Consumer<Entry<T>> each) {
        try (TopicReader reader = new TopicReader(connection, topic, null, clock);
                var serde = ContractSerdes.of(type, connection.properties())) {
            reader.readToEnd(record -> decode(record, serde.deserializer()).ifPresent(each));
        }
    }

    @Override
    public <T extends SpecificRecord> void scan(String topic, String key, Class<T> type, Consumer<Entry<T>> each) {
        try (TopicReader reader = new TopicReader(connection, topic, key, clock);
                var serde = ContractSerdes.of(type, connection.properties())) {
            reader.readToEnd(record -> {
                if (key.equals(record.key())) {
                    decode(record, serde.deserializer()).ifPresent(each);
                }
            });
        }
    }

    @Override
    public Set<String> keys(String topic) {
        Set<String> keys = new LinkedHashSet<>();
        try (TopicReader reader = new TopicReader(connection, topic, null, clock)) {
            reader.readToEnd(record -> {
                if (record.key() != null && record.value() != null) {
                    keys.add(record.key());
                } else {
                    keys.remove(record.key());
                }
            });
        }
        return keys;
    }

    @Override
    public <T extends SpecificRecord> boolean follow(
            Selection selection, Class<T> type, Duration timeout, Predicate<Entry<T>> goOn) {
        try (TopicReader reader = new TopicReader(connection, selection.topic(), selection.key(), clock);
                var serde = ContractSerdes.of(type, connection.properties())) {
            return reader.follow(
                    selection.fromBeginning(),
                    timeout,
                    record -> (selection.key() != null && !selection.key().equals(record.key()))
                            || decode(record, serde.deserializer())
                                    .map(goOn::test)
                                    .orElse(true));
        }
    }

    private <T extends SpecificRecord> byte[] serialize(String topic, Class<T> type, SpecificRecord value) {
        try (var serde = ContractSerdes.of(type, connection.properties())) {
            byte[] bytes = serde.serializer().serialize(topic, type.cast(value));
            if (bytes == null) {
                throw new SerializationException("A value cannot become a tombstone.");
            }
            return bytes;
        }
    }

    private <T extends SpecificRecord> Optional<Entry<T>> decode(
            ConsumerRecord<String, byte[]> record, Deserializer<T> deserializer) {
        if (record.key() == null) {
            warn(record, "has no key");
            return Optional.empty();
        }
        try {
            T value = deserializer.deserialize(record.topic(), record.value());
            return Optional.of(new Entry<>(record.key(), record.offset(), value, false));
        } catch (SerializationException unreadable) {
            warn(record, "cannot be read");
            return Optional.of(new Entry<>(record.key(), record.offset(), null, true));
        }
    }

    /** Only what is wrong with it: what that means is for the command to say, and not the same for all. */
    private void warn(ConsumerRecord<String, byte[]> record, String what) {
        String key = record.key() != null && holdsDocuments(record.topic())
                ? ", key '" + Output.escaped(record.key()) + "'"
                : "";
        String sentence = "A record " + what + ": topic " + record.topic() + ", partition " + record.partition()
                + ", offset " + record.offset() + key + ".";
        if (warned.add(sentence)) {
            warnings.accept(sentence);
        }
    }

    /** Documents are named by operators; other keys may say something of a person. */
    private boolean holdsDocuments(String topic) {
        Topics topics = connection.topics();
        return Set.of(topics.policies(), topics.systems(), topics.limits(), topics.freezes())
                .contains(topic);
    }
}
