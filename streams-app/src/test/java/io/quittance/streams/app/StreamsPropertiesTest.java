package io.quittance.streams.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.streams.config.AppConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class StreamsPropertiesTest {

    /** Identifiers of people leave the docket when a request closes; the changelog has to follow in bounded time. */
    @Test
    void aRowThatWasReplacedLeavesTheChangelogWithinADay() {
        assertThat(internalTopics(Map.of()))
                .containsEntry(
                        TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG,
                        Long.toString(Duration.ofDays(1).toMillis()));
    }

    @Test
    void anotherBoundMayBeSet() {
        assertThat(internalTopics(Map.of("topic.max.compaction.lag.ms", "3600000")))
                .containsEntry(TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG, "3600000");
    }

    /** What Kafka Streams makes its internal topics with. */
    private static Map<String, Object> internalTopics(Map<String, String> settings) {
        var all = new HashMap<>(Map.of(
                "bootstrap.servers", "broker:9092",
                "schema.registry.url", "https://registry.example.org"));
        all.putAll(settings);
        return new StreamsConfig(StreamsProperties.of(AppConfig.from(all)))
                .originalsWithPrefix(StreamsConfig.TOPIC_PREFIX);
    }
}
