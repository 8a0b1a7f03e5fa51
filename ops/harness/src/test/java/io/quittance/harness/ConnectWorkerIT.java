package io.quittance.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quittance.harness.junit.WithHarness;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@WithHarness
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConnectWorkerIT {
    private final KafkaCluster kafka;
    private final ConnectWorker connect;

    ConnectWorkerIT(KafkaCluster kafka) {
        this.kafka = kafka;
        this.connect = ConnectWorker.start(
                kafka.bootstrapServers(), ConnectWorker.Options.defaults().withGroupId("connect-worker-it"));
    }

    @BeforeAll
    void makeTopic() {
        kafka.createTopics(1, "connect-it.input");
    }

    @AfterAll
    void stop() {
        connect.close();
    }

    @Test
    void aConnectorIsCreatedFedPausedResumedAndDeleted() {
        connect.createConnector("counter", config("fed"));
        connect.awaitRunning("counter");
        produce("one");
        await().atMost(Duration.ofSeconds(30)).until(() -> count("fed") == 1);
        assertThat(connect.connectors()).contains("counter");

        connect.pause("counter");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> connect.status("counter").tasks().get(0).state().equals("PAUSED"));
        connect.resume("counter");
        connect.awaitRunning("counter");

        connect.delete("counter");
        await().atMost(Duration.ofSeconds(30)).until(() -> !connect.connectors().contains("counter"));
    }

    @Test
    void pluginsAreFoundByTheirServiceEntry() {
        assertThat(connect.plugins()).contains(CountingSink.class.getName());
    }

    @Test
    void aConfigurationThatLacksAnOptionIsRefusedWithItsName() {
        var config = config("x");
        config.remove("count");

        assertThatThrownBy(() -> connect.createConnector("incomplete", config))
                .isInstanceOf(HarnessException.class)
                .hasMessageContaining("count");
    }

    @Test
    void awaitingAConnectorThatFailsSaysSoAtOnce() {
        var config = config("refused");
        config.put("refuse", "yes");
        connect.createConnector("refusing", config);

        assertThatThrownBy(() -> connect.awaitRunning("refusing"))
                .isInstanceOf(HarnessException.class)
                .hasMessageContaining("failed");
    }

    private static Map<String, String> config(String count) {
        return new HashMap<>(Map.of(
                "connector.class",
                CountingSink.class.getName(),
                "tasks.max",
                "1",
                "topics",
                "connect-it.input",
                "consumer.override.auto.offset.reset",
                "earliest",
                "count",
                count));
    }

    private static int count(String name) {
        var count = CountingSink.COUNTS.get(name);
        return count == null ? 0 : count.get();
    }

    private void produce(String value) {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            var unused = producer.send(new ProducerRecord<>("connect-it.input", value));
        }
    }
}
