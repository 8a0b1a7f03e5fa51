package io.quittance.streams.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "30s, PT30S", "30m, PT30M", "12h, PT12H", "7d, PT168H", "PT1H30M, PT1H30M"})
    void shortAndIsoFormsAreRead(String text, Duration expected) {
        assertThat(Durations.parse(text)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "30",
                "m",
                "30 m",
                "1.5h",
                "forever",
                "99999999999d",
                "P1M",
                "36526d",
                "PT9999999999999999S",
                "PT-9223372036854775808S"
            })
    void whatIsNoLengthOfTimeIsNone(String text) {
        assertThat(Durations.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0ms", "1ms", "1500ms", "90s", "30m", "36h", "7d"})
    void whatIsWrittenIsReadAgain(String text) {
        Duration duration = Durations.parse(text).orElseThrow();

        assertThat(Durations.format(duration)).isEqualTo(text);
    }
}
