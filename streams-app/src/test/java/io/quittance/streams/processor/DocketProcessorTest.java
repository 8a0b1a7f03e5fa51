package io.quittance.streams.processor;

import static io.quittance.streams.fixture.DrivenPipeline.TOPICS;
import static java.nio.charset.StandardCharsets.UTF_8;
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
import io.quittance.streams.fixture.DrivenPipeline;
import io.quittance.streams.fixture.Events;
import io.quittance.streams.fixture.Stores;
import io.quittance.streams.state.DocketStore;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a processor asks of Kafka Streams, which no outcome shows. */
class DocketProcessorTest {
    private final DrivenPipeline pipeline;
    private final MockProcessorContext<byte[], Outgoing> context;
    private final DocketProcessor processor;

    DocketProcessorTest(@TempDir Path driven, @TempDir Path own) {
        pipeline = new DrivenPipeline(driven).withShop();
        context = new MockProcessorContext<>(new Properties(), new TaskId(0, 0), own.toFile());
        context.addStateStore(
                Stores.rocksDb(DocketStore.NAME, context.stateDir().toPath()));
        context.setCurrentSystemTimeMs(DrivenPipeline.BEGIN.toEpochMilli());
        processor = processor();
        processor.init(context);
    }

    @AfterEach
    void close() {
        processor.close();
        pipeline.close();
    }

    /** Their size is bounded by nothing, and the record that is sent on has to fit. */
    @Test
    void thePublishersHeadersAreNotSentOn() {
        byte[] request = pipeline.bytes(
                TOPICS.requests(), Events.submit("r-1", "s-1", Action.DELETE, Map.of("email", "a@example.org")));
        var headers = new RecordHeaders().add("trace", new byte[1_000]);

        context.setRecordMetadata(TOPICS.requests(), 0, 0);
        processor.process(new Record<>("wrong-key".getBytes(UTF_8), request, 0, headers));

        assertThat(context.forwarded()).singleElement().satisfies(sent -> {
            assertThat(sent.record().value().to()).isEqualTo(OutputTopic.FORWARDED);
            assertThat(sent.record().headers()).extracting("key").containsExactly(Routing.FORWARDED);
        });
    }

    @Test
    void aTaskThatIsRevivedLooksAroundNoMoreOftenThanBefore() {
        long before = scheduled();

        processor.close();
        processor.init(context);

        assertThat(scheduled()).isEqualTo(before).isPositive();
    }

    private long scheduled() {
        return context.scheduledPunctuators().stream()
                .filter(punctuator -> !punctuator.cancelled())
                .map(CapturedPunctuator::getInterval)
                .count();
    }

    private DocketProcessor processor() {
        var settings = ProcessorSettings.defaults(1);
        return new DocketProcessor(
                settings,
                Arrays.stream(InputTopic.values())
                        .collect(Collectors.toMap(input -> input.in(TOPICS), Function.identity())),
                new CommandReader(pipeline.serdeConfig, settings.maxValueBytes()),
                new EffectWriter(TOPICS, pipeline.serdeConfig, new EffectWriter.Limits(100_000, true), GrantSeal.NONE),
                pipeline.world,
                (subject, decide, signature, now) -> Vouching.BY_TOPIC,
                new CountingTelemetry(),
                Ticker.systemTicker());
    }
}
