package io.quittance.streams.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.streams.codec.Arrival;
import io.quittance.streams.codec.EffectWriter;
import io.quittance.streams.codec.GrantSeal;
import io.quittance.streams.config.AppConfig;
import io.quittance.streams.fixture.CountingTelemetry;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReferenceDeadLettersTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    @Test
    void aRegistryThatIsAwayDoesNotEndTheThreadThatReadsTheDocuments() {
        var config =
                AppConfig.from(Map.of("bootstrap.servers", "127.0.0.1:1", "schema.registry.url", "http://127.0.0.1:1"));
        var telemetry = new CountingTelemetry();
        var writer = new EffectWriter(
                config.topics(), config.clients().serdes(), new EffectWriter.Limits(768 * 1024, true), GrantSeal.NONE);

        try (var letters = new ReferenceDeadLetters(config, writer, telemetry, Clock.fixed(NOW, ZoneOffset.UTC))) {
            letters.deadLetter(new Arrival("privacy.policies", 0, 7, NOW, null, new byte[] {1}), "UNDECODABLE", "No.");
        }

        assertThat(telemetry.deadLetters).containsExactly("UNDECODABLE");
    }
}
