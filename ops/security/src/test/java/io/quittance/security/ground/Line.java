package io.quittance.security.ground;

import io.quittance.contract.ContractSerdes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
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
    private static final Duration PATIENCE = Duration.ofSeconds(20);

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
    public <T extends SpecificRecord> RecordMetadata send(String topic, String key, T value) {
        return send(topic, key, bytes(topic, value));
    }

    /** Writes whatever it is. */
    public RecordMetadata send(String topic, String key, byte[] value) {
        Map<String, Object> settings = settings();
        settings.put("max.block.ms", 10_000);
        settings.put("request.timeout.ms", 10_000);
        settings.put("delivery.timeout.ms", 20_000);
        settings.put("linger.ms", 0);
        settings.putAll(overrides);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            return producer.send(new ProducerRecord<>(topic, key, value)).get(30, TimeUnit.SECONDS);
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

    /** Waits for a record as wanted, from the beginning of the topic. */
    public <T extends SpecificRecord> T await(String topic, Class<T> type, Predicate<T> wanted) {
        List<T> found = new ArrayList<>();
        try (var serde = ContractSerdes.of(type, registry())) {
            follow(topic, PATIENCE, entry -> {
                T value = entry.value() == null ? null : serde.deserializer().deserialize(topic, entry.value());
                if (value != null && wanted.test(value)) {
                    found.add(value);
                }
                return found.isEmpty();
            });
        }
        if (found.isEmpty()) {
            throw new AssertionError("nothing as wanted came on " + topic);
        }
        return found.get(0);
    }

    /** Reads bytes from the beginning until told not to go on, or time is up. */
    public void follow(String topic, Duration patience, Predicate<ConsumerRecord<String, byte[]>> goOn) {
        Map<String, Object> settings = settings();
        settings.put("isolation.level", "read_committed");
        settings.put("default.api.timeout.ms", 10_000);
        settings.putAll(overrides);
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
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

    private Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>(pipeline.kafka().client(actor));
        settings.putAll(overrides);
        return settings;
    }

    private Map<String, String> registry() {
        return Map.of("schema.registry.url", pipeline.registryUrl());
    }
}
