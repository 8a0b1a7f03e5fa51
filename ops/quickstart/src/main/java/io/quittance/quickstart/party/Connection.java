package io.quittance.quickstart.party;

import io.quittance.contract.ContractSerdes;
import io.quittance.contract.Topics;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Where the brokers and the registry are, and what the topics are called.
 *
 * @param topics names of the pipeline's topics
 */
public record Connection(String bootstrapServers, String registryUrl, Topics topics) {

    /** A producer of one kind of record, keyed by text. */
    public <T extends SpecificRecord> KafkaProducer<String, T> producer(Class<T> type) {
        Map<String, Object> config = new HashMap<>();
        config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        return new KafkaProducer<>(
                config,
                new StringSerializer(),
                ContractSerdes.of(type, registry()).serializer());
    }

    /** A consumer of one kind of record that sees only what was committed, without a group. */
    public <T extends SpecificRecord> KafkaConsumer<String, T> consumer(Class<T> type) {
        Map<String, Object> config = new HashMap<>();
        config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        return new KafkaConsumer<>(
                config,
                new StringDeserializer(),
                ContractSerdes.of(type, registry()).deserializer());
    }

    /** Sends one record and waits for the brokers to have it. */
    static <T> void send(KafkaProducer<String, T> producer, String topic, String key, @Nullable T value) {
        try {
            producer.send(new ProducerRecord<>(topic, key, value)).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while sending to " + topic, e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the brokers did not take a record for " + topic, e.getCause());
        }
    }

    private Map<String, String> registry() {
        return Map.of("schema.registry.url", registryUrl);
    }
}
