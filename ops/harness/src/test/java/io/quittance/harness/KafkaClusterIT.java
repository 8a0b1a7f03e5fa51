package io.quittance.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quittance.harness.junit.WithHarness;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@WithHarness
class KafkaClusterIT {
    @Test
    void whatIsProducedInATransactionIsConsumed(KafkaCluster kafka) {
        kafka.createTopics(3, "kafka-it.round-trip");

        produce(kafka, "kafka-it.round-trip", "transactional", "one", "two");

        assertThat(consume(kafka, "kafka-it.round-trip", 2)).containsExactlyInAnyOrder("one", "two");
    }

    @Test
    void aTopicThatNobodyMadeIsNotMadeByUsingIt(KafkaCluster kafka) throws Exception {
        try (var producer = producer(kafka, Map.of("max.block.ms", "500"))) {
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>("kafka-it.nobody-made", "x"))
                            .get())
                    .isInstanceOf(Exception.class);
        }

        try (var admin = kafka.admin()) {
            assertThat(admin.listTopics().names().get()).doesNotContain("kafka-it.nobody-made");
        }
    }

    @Test
    void recordsAreThereAfterARestartOnTheSameFolder(@TempDir Path directory) {
        try (var kafka = KafkaCluster.start(directory, KafkaCluster.Options.defaults())) {
            kafka.createTopics(2, "kept");
            produce(kafka, "kept", "first-run", "before");
        }

        try (var kafka = KafkaCluster.start(directory, KafkaCluster.Options.defaults())) {
            kafka.awaitLeaders(List.of("kept"));

            assertThat(consume(kafka, "kept", 1)).containsExactly("before");
        }
    }

    @Test
    void threeNodesHoldThreeReplicas(@TempDir Path directory) throws Exception {
        try (var kafka =
                KafkaCluster.start(directory, KafkaCluster.Options.defaults().withNodes(3))) {
            kafka.createTopics(1, "replicated");
            produce(kafka, "replicated", "three-nodes", "value");

            assertThat(kafka.bootstrapServers().split(",")).hasSize(3).allMatch(it -> it.startsWith("127.0.0.1:"));
            try (var admin = kafka.admin()) {
                var topics = admin.describeTopics(List.of("replicated"))
                        .allTopicNames()
                        .get()
                        .values();
                assertThat(topics)
                        .singleElement()
                        .satisfies(topic ->
                                assertThat(topic.partitions().get(0).replicas()).hasSize(3));
            }
        }
    }

    private static void produce(KafkaCluster kafka, String topic, String transactionalId, String... values) {
        try (var producer = producer(kafka, Map.of("transactional.id", transactionalId))) {
            producer.initTransactions();
            producer.beginTransaction();
            for (String value : values) {
                var unused = producer.send(new ProducerRecord<>(topic, value));
            }
            producer.commitTransaction();
        }
    }

    private static KafkaProducer<String, String> producer(KafkaCluster kafka, Map<String, Object> extra) {
        var properties = new HashMap<String, Object>(extra);
        properties.put("bootstrap.servers", kafka.bootstrapServers());
        return new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer());
    }

    private static List<String> consume(KafkaCluster kafka, String topic, int expected) {
        Map<String, Object> properties = Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "group.id",
                topic + ".reader",
                "auto.offset.reset",
                "earliest",
                "isolation.level",
                "read_committed");
        var values = new ArrayList<String>();
        try (var consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(it -> values.add(it.value()));
                return values.size() >= expected;
            });
        }
        return values;
    }
}
