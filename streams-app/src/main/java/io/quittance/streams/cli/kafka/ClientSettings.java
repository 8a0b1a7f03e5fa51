package io.quittance.streams.cli.kafka;

import io.quittance.streams.cli.Connection;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;

/** Client properties of the command line: someone is waiting, so an unreachable broker is reported within seconds. */
final class ClientSettings {

    private static final String ANSWER_WITHIN_MS = "15000";
    private static final String ONE_REQUEST_WITHIN_MS = "10000";

    private ClientSettings() {}

    static Map<String, Object> producer(Connection connection) {
        Map<String, Object> settings = common(connection);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, ANSWER_WITHIN_MS);
        if (!connection.properties().containsKey(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG)) {
            // Kafka refuses one that is shorter than a request's.
            settings.putIfAbsent(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MS);
        }
        return settings;
    }

    static Map<String, Object> consumer(Connection connection) {
        Map<String, Object> settings = common(connection);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.putIfAbsent(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MS);
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        return settings;
    }

    /** How long someone waits without anything coming, as {@link #consumer} has it. */
    static Duration patience(Map<String, Object> consumer) {
        Object millis = ConfigDef.parseType(
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                consumer.get(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG),
                ConfigDef.Type.INT);
        return Duration.ofMillis((int) millis);
    }

    static Map<String, Object> admin(Connection connection) {
        Map<String, Object> settings = common(connection);
        settings.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MS);
        return settings;
    }

    private static Map<String, Object> common(Connection connection) {
        Map<String, Object> settings = new HashMap<>(connection.properties());
        settings.putIfAbsent(CommonClientConfigs.CLIENT_ID_CONFIG, "quittance-cli");
        settings.putIfAbsent(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, ONE_REQUEST_WITHIN_MS);
        return settings;
    }
}
