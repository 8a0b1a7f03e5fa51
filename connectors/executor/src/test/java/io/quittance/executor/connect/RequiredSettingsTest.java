package io.quittance.executor.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequiredSettingsTest {
    @Test
    void settingsAnExecutorCanWorkWithViolateNothing() {
        assertThat(RequiredSettings.violations(good())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "consumer.override.isolation.level, read_uncommitted, must be read_committed",
        "consumer.override.isolation.level, , must be read_committed",
        "consumer.override.auto.offset.reset, latest, must be earliest",
        "consumer.override.auto.offset.reset, , must be earliest",
        "consumer.override.enable.auto.commit, true, must be false",
        "value.converter, org.apache.kafka.connect.storage.StringConverter, value.converter must be",
        "value.converter, , value.converter must be",
        "key.converter, org.apache.kafka.connect.json.JsonConverter, key.converter must be",
        "topics, privacy.tasks.crm, topics must be privacy.tasks.shop",
        "topics, 'privacy.tasks.shop,privacy.requests', topics must be privacy.tasks.shop",
        "topics.regex, .*, topics must be privacy.tasks.shop",
        "topics.prefix, brand., topics must be brand.tasks.shop",
        "topics.prefix, not legal, is not legal",
        "system, Shop, is not legal",
        "grant.signature, required, without grant.jwks"
    })
    void eachViolationIsOneLineThatSaysHowToMendIt(String key, String value, String message) {
        Map<String, String> properties = good();
        if (value == null) {
            properties.remove(key);
        } else {
            properties.put(key, value);
        }

        assertThat(RequiredSettings.violations(properties).values())
                .singleElement()
                .asString()
                .contains(message)
                .doesNotContain("\n");
    }

    private static Map<String, String> good() {
        return new HashMap<>(Map.of(
                "system", "shop",
                "topics", "privacy.tasks.shop",
                "consumer.override.isolation.level", "read_committed",
                "consumer.override.auto.offset.reset", "earliest",
                "key.converter", "org.apache.kafka.connect.storage.StringConverter",
                "value.converter", "org.apache.kafka.connect.converters.ByteArrayConverter"));
    }
}
