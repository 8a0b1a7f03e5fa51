package io.quittance.security.ground;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.quittance.contract.ContractSchemas;
import io.quittance.contract.ContractSerdes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What one actor can do on the cluster, with an ordinary client. */
public final class Line {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final SecuredPipeline pipeline;
    private final Actor actor;
    private final Map<String, Object> overrides;

    public Line(SecuredPipeline pipeline, Actor actor) {
        this(pipeline, actor, Map.of());
    }

    public Line(SecuredPipeline pipeline, Actor actor, Map<String, Object> overrides) {
        this.pipeline = pipeline;
        this.actor = actor;
        this.overrides = overrides;
    }

    /** Writes a record of the contract. */
    public <T extends SpecificRecord> void send(String topic, String key, T value) {
        send(topic, key, bytes(topic, value));
    }

    /** Writes whatever it is. */
    public void send(String topic, String key, byte[] value) {
        sendAll(List.of(new ProducerRecord<>(topic, key, value)));
    }

    /** Writes several things over one connection. */
    public void sendAll(List<ProducerRecord<String, byte[]>> entries) {
        Map<String, Object> settings = settings();
        settings.putIfAbsent("max.block.ms", 20_000);
        settings.put("linger.ms", 0);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            for (Future<RecordMetadata> written :
                    entries.stream().map(producer::send).toList()) {
                written.get(60, TimeUnit.SECONDS);
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new KafkaException(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new KafkaException(e);
        }
    }

    /** The record in the registry's format. */
    @SuppressWarnings("unchecked")
    public <T extends SpecificRecord> byte[] bytes(String topic, T value) {
        try (var serde = ContractSerdes.of((Class<T>) value.getClass(), registry())) {
            return serde.serializer().serialize(topic, value);
        }
    }

    /** The topic's schema as the registry names it, in front of nothing. */
    public byte[] schemaHeader(String topic) {
        return header(registry ->
                registry.getLatestSchemaMetadata(ContractSchemas.subject(topic)).getId());
    }

    /** A schema of one's own as the registry names it, in front of nothing; filed under a subject that no topic has. */
    public byte[] schemaHeader(String subject, Schema schema) {
        return header(registry -> registry.register(subject, new AvroSchema(schema)));
    }

    /** Waits for a record as wanted, from the beginning of the topic. */
    public <T extends SpecificRecord> T await(String topic, Class<T> type, Predicate<T> wanted) {
        return await(topic, Map.of(), type, 1, wanted).get(0);
    }

    /** Waits for so many records as wanted, behind these offsets. */
    public <T extends SpecificRecord> List<T> await(
            String topic, Map<TopicPartition, Long> behind, Class<T> type, int count, Predicate<T> wanted) {
        List<T> found = new ArrayList<>();
        try (var serde = ContractSerdes.of(type, registry())) {
            follow(topic, behind, PATIENCE, entry -> {
                T value = entry.value() == null ? null : serde.deserializer().deserialize(topic, entry.value());
                if (value != null && wanted.test(value)) {
                    found.add(value);
                }
                return found.size() < count;
            });
        }
        if (found.size() < count) {
            throw new AssertionError(found.size() + " of " + count + " as wanted came on " + topic);
        }
        return found;
    }

    /** Where the topic ends now. */
    public Map<TopicPartition, Long> ends(String topic) {
        try (var consumer = consumer()) {
            return consumer.endOffsets(partitions(consumer, topic));
        }
    }

    /** Reads bytes from the beginning until told not to go on, or time is up. */
    public void follow(String topic, Duration patience, Predicate<ConsumerRecord<String, byte[]>> goOn) {
        follow(topic, Map.of(), patience, goOn);
    }

    private void follow(
            String topic,
            Map<TopicPartition, Long> behind,
            Duration patience,
            Predicate<ConsumerRecord<String, byte[]>> goOn) {
        try (var consumer = consumer()) {
            var partitions = partitions(consumer, topic);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            behind.forEach(consumer::seek);
            long deadline = System.nanoTime() + patience.toNanos();
            while (System.nanoTime() < deadline) {
                for (var entry : consumer.poll(Duration.ofMillis(200))) {
                    if (!goOn.test(entry)) {
                        return;
                    }
                }
            }
        }
    }

    private byte[] header(Naming naming) {
        try (var registry = new CachedSchemaRegistryClient(pipeline.registryUrl(), 1)) {
            return ByteBuffer.allocate(5)
                    .put((byte) 0)
                    .putInt(naming.id(registry))
                    .array();
        } catch (IOException | RestClientException e) {
            throw new KafkaException(e);
        }
    }

    private KafkaConsumer<String, byte[]> consumer() {
        Map<String, Object> settings = settings();
        settings.put("isolation.level", "read_committed");
        settings.put("default.api.timeout.ms", 20_000);
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }

    private static List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer, String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>(pipeline.kafka().client(actor));
        settings.putAll(overrides);
        return settings;
    }

    private Map<String, String> registry() {
        return Map.of("schema.registry.url", pipeline.registryUrl());
    }

    private interface Naming {
        int id(SchemaRegistryClient registry) throws IOException, RestClientException;
    }
}
