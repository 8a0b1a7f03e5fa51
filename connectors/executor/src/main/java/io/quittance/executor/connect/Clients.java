package io.quittance.executor.connect;

import io.quittance.executor.ExecutorConfig;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The executor's own Kafka clients. What the executor's promises rest on cannot be configured away. */
final class Clients {
    private Clients() {}

    static Consumer<byte[], byte[]> orderConsumer(ExecutorConfig config, String clientId) {
        return consumer(config, clientId + "-orders", "read_committed");
    }

    /** For asking where partitions end, open transactions included; reads nothing. */
    static Consumer<byte[], byte[]> orderEnds(ExecutorConfig config, String clientId) {
        return consumer(config, clientId + "-order-ends", "read_uncommitted");
    }

    private static Consumer<byte[], byte[]> consumer(ExecutorConfig config, String clientId, String isolation) {
        Map<String, Object> properties = new HashMap<>(config.kafkaClient());
        properties.putIfAbsent(ConsumerConfig.CLIENT_ID_CONFIG, clientId);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    static Producer<String, SpecificRecord> producer(ExecutorConfig config, String clientId) {
        Map<String, Object> properties = new HashMap<>(config.kafkaClient());
        properties.putIfAbsent(ProducerConfig.CLIENT_ID_CONFIG, clientId + "-completions");
        properties.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, 0);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        return new KafkaProducer<>(properties, new StringSerializer(), new OutgoingSerializer(config.serdes()));
    }
}
