package io.quittance.streams.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.streams.KafkaStreams.State;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PipelineMetricsTest {
    private final PipelineMetrics metrics = new PipelineMetrics(Clock.systemUTC());

    @AfterEach
    void close() {
        metrics.close();
    }

    /** Above all while it is REBALANCING: then all else looks as if there were nothing to do. */
    @ParameterizedTest
    @EnumSource(State.class)
    void anInstanceRunsInThatStateAlone(State state) {
        metrics.watchState(() -> state);

        assertThat(metrics.scrape()).contains("quittance_running " + (state == State.RUNNING ? "1.0" : "0.0"));
    }

    @Test
    void anInstanceThatWaitsForItsShareAgainNoLongerRuns() {
        var state = new AtomicReference<>(State.RUNNING);
        metrics.watchState(state::get);
        assertThat(metrics.scrape()).contains("quittance_running 1.0");

        state.set(State.REBALANCING);

        assertThat(metrics.scrape()).contains("quittance_running 0.0");
    }
}
