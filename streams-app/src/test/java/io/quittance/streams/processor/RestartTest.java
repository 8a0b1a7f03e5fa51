package io.quittance.streams.processor;

import static io.quittance.streams.fixture.DrivenPipeline.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Ticker;
import io.quittance.schema.Action;
import io.quittance.streams.codec.CommandReader;
import io.quittance.streams.codec.EffectWriter;
import io.quittance.streams.codec.GrantSeal;
import io.quittance.streams.codec.InputTopic;
import io.quittance.streams.codec.Outgoing;
import io.quittance.streams.codec.OutputTopic;
import io.quittance.streams.domain.model.Vouching;
import io.quittance.streams.fixture.CountingTelemetry;
import io.quittance.streams.fixture.Documents;
import io.quittance.streams.fixture.DrivenPipeline;
import io.quittance.streams.fixture.Events;
import io.quittance.streams.state.DocketStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartTest {

    /** The rows are all that a restore brings back; what was due meanwhile must happen. */
    @Test
    void aTaskThatTakesOverARestoredStoreCatchesUpWithTime(@TempDir Path before, @TempDir Path after) {
        try (var pipeline = new DrivenPipeline(before).withShop()) {
            pipeline.publish(
                    TOPICS.requests(),
                    "s-1",
                    Events.submit("r-1", "s-1", Action.DELETE, Map.of("email", "a@example.org")));
            var successor = new Successor(pipeline, after);

            successor.wakeUpAt(
                    DrivenPipeline.BEGIN.plus(Documents.ANSWER_WITHIN).plusSeconds(1));

            assertThat(successor.written()).contains(OutputTopic.AUDIT, OutputTopic.APPROVALS);
            assertThat(successor.openTimers()).isZero();
        }
    }

    /** Records wait while timers run, and the clock that a punctuation is given stands still. */
    @Test
    void manyDeadlinesAtOnceTakeNoLongerThanASlice(@TempDir Path before, @TempDir Path after) {
        try (var pipeline = new DrivenPipeline(before).withShop()) {
            for (int i = 0; i < 10; i++) {
                pipeline.publish(
                        TOPICS.requests(),
                        "s-" + i,
                        Events.submit("r-" + i, "s-" + i, Action.DELETE, Map.of("email", "a@example.org")));
            }
            var successor = new Successor(pipeline, after);
            int waiting = successor.openTimers();

            successor.eachLookTakes(Duration.ofMillis(4));
            successor.wakeUpAt(
                    DrivenPipeline.BEGIN.plus(Documents.ANSWER_WITHIN).plusSeconds(1));

            assertThat(waiting).isEqualTo(10);
            assertThat(successor.openTimers())
                    .as("after a slice of ten milliseconds")
                    .isEqualTo(7);
        }
    }

    /** A processor on a store that holds just what another one left in its. */
    private static final class Successor {
        private final MockProcessorContext<byte[], Outgoing> context;
        private final CountingTelemetry telemetry = new CountingTelemetry();
        private final SteppingTicker ticker = new SteppingTicker();

        Successor(DrivenPipeline pipeline, Path directory) {
            context = new MockProcessorContext<>(new Properties(), new TaskId(0, 0), directory.toFile());
            context.addStateStore(restored(pipeline, context));
            var settings = ProcessorSettings.defaults(1);
            var inputs = new HashMap<String, InputTopic>();
            for (InputTopic input : InputTopic.values()) {
                inputs.put(input.in(TOPICS), input);
            }
            new DocketProcessor(
                            settings,
                            inputs,
                            new CommandReader(pipeline.serdeConfig, settings.maxValueBytes()),
                            new EffectWriter(
                                    TOPICS,
                                    pipeline.serdeConfig,
                                    new EffectWriter.Limits(100_000, true),
                                    GrantSeal.NONE),
                            pipeline.world,
                            (subject, decide, signature, now) -> Vouching.BY_TOPIC,
                            telemetry,
                            ticker)
                    .init(context);
        }

        void eachLookTakes(Duration time) {
            ticker.step = time;
        }

        void wakeUpAt(java.time.Instant time) {
            context.setCurrentSystemTimeMs(time.toEpochMilli());
            context.scheduledPunctuators()
                    .forEach(scheduled -> scheduled.getPunctuator().punctuate(time.toEpochMilli()));
        }

        List<OutputTopic> written() {
            return context.forwarded().stream()
                    .map(forwarded -> forwarded.record().value().to())
                    .toList();
        }

        int openTimers() {
            return telemetry.open.values().iterator().next().timers();
        }

        private static KeyValueStore<Bytes, byte[]> restored(
                DrivenPipeline pipeline, MockProcessorContext<byte[], Outgoing> context) {
            KeyValueStore<Bytes, byte[]> rows = io.quittance.streams.fixture.Stores.rocksDb(
                    DocketStore.NAME, context.stateDir().toPath());
            KeyValueStore<Bytes, byte[]> left = pipeline.driver().getKeyValueStore(DocketStore.NAME);
            try (var all = left.all()) {
                while (all.hasNext()) {
                    KeyValue<Bytes, byte[]> row = all.next();
                    rows.put(row.key, row.value);
                }
            }
            return rows;
        }
    }

    /** Each look at it is a step later than the last. */
    private static final class SteppingTicker extends Ticker {
        private Duration step = Duration.ZERO;
        private long now;

        @Override
        public long read() {
            now += step.toNanos();
            return now;
        }
    }
}
