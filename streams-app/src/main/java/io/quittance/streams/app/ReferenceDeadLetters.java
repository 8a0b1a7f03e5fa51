package io.quittance.streams.app;

import io.quittance.streams.codec.Arrival;
import io.quittance.streams.codec.EffectWriter;
import io.quittance.streams.codec.Outgoing;
import io.quittance.streams.config.AppConfig;
import io.quittance.streams.processor.DeadLetterPort;
import io.quittance.streams.processor.Telemetry;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands documents that cannot be used to people. Global processors cannot forward, so this has a producer of its own.
 * Every instance reads the documents and so every instance writes its own dead letter, again after each start.
 */
final class ReferenceDeadLetters implements DeadLetterPort, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ReferenceDeadLetters.class);
    private static final String PRODUCER = "producer.";
    private static final Duration LONGEST_BLOCK = Duration.ofSeconds(5);

    private final EffectWriter writer;
    private final Producer<byte[], byte[]> producer;
    private final Telemetry telemetry;
    private final Clock clock;

    ReferenceDeadLetters(AppConfig config, EffectWriter writer, Telemetry telemetry, Clock clock) {
        this.writer = writer;
        this.producer = new KafkaProducer<>(properties(config), new ByteArraySerializer(), new ByteArraySerializer());
        this.telemetry = telemetry;
        this.clock = clock;
    }

    @Override
    public void deadLetter(Arrival arrival, String code, String detail) {
        telemetry.deadLettered(code);
        try {
            Outgoing letter = writer.deadLetter(arrival, code, detail, clock.instant());
            producer.send(new ProducerRecord<>(letter.topic(), letter.key(), letter.value()), (written, failure) -> {
                if (failure != null) {
                    reportUnwritten(arrival, failure);
                }
            });
        } catch (KafkaException unwritten) {
            // The registry or the brokers are away. The thread that reads the documents must not end for that.
            reportUnwritten(arrival, unwritten);
        }
    }

    private static void reportUnwritten(Arrival arrival, Exception failure) {
        log.atError()
                .addKeyValue("topic", arrival.topic())
                .addKeyValue("offset", arrival.offset())
                .addKeyValue("failure", failure.getClass().getSimpleName())
                .log("a dead letter could not be written; the record stays in its topic");
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
        writer.close();
    }

    private static Map<String, Object> properties(AppConfig config) {
        Map<String, Object> properties = new HashMap<>(config.clients().kafka());
        config.clients().streams().forEach((key, value) -> {
            if (key.startsWith(PRODUCER)) {
                properties.put(key.substring(PRODUCER.length()), value);
            }
        });
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, LONGEST_BLOCK.toMillis());
        return properties;
    }
}
