package io.quittance.bench.contender;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatenciesTest {
    @Test
    void nothingMeasuredIsNotNoTime() {
        var histogram = Latencies.histogram();
        assertThat(Latencies.millis(histogram, 99)).isNaN();

        histogram.recordValue(2_000);
        assertThat(Latencies.millis(histogram, 99)).isEqualTo(2.0);
    }
}
