package io.quittance.streams.processor;

import static io.quittance.streams.fixture.DrivenPipeline.BEGIN;
import static io.quittance.streams.fixture.DrivenPipeline.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.schema.Action;
import io.quittance.schema.DeadLetter;
import io.quittance.schema.LimitClaim;
import io.quittance.schema.LimitClaimKind;
import io.quittance.schema.LimitPermit;
import io.quittance.streams.codec.LimiterRecords;
import io.quittance.streams.codec.Outgoing;
import io.quittance.streams.domain.limit.LimitUse;
import io.quittance.streams.fixture.CountingTelemetry;
import io.quittance.streams.fixture.Documents;
import io.quittance.streams.fixture.DrivenPipeline;
import io.quittance.streams.state.LimitStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The limiter between its topics; what it decides is in the ledger's own tests. */
class LimitProcessorTest {
    private static final Duration A_SECOND = Duration.ofSeconds(1);

    @TempDir
    Path state;

    private DrivenPipeline pipeline;

    @BeforeEach
    void start() {
        pipeline = new DrivenPipeline(state);
        publish(1, 2);
    }

    @AfterEach
    void stop() {
        pipeline.close();
    }

    @Test
    void permitsGoToTheirSubjectsUntilTheLimitIsReached() {
        claim("a", "b", "c");

        assertThat(permits()).containsExactly("a", "b");
        assertThat(pipeline.written(TOPICS.limitPermits()))
                .extracting(ProducerRecord::key)
                .containsExactly("subject-a", "subject-b");
        assertThat(pipeline.read(TOPICS.limitPermits(), LimitPermit.class))
                .allSatisfy(permit -> assertThat(permit.getLimits()).containsExactly("shop-deletes"));
        release("a");
        assertThat(permits()).containsExactly("a", "b", "c");
    }

    @Test
    void aChangedLimitIsNoticedWithinASecondWithoutAnyClaim() {
        claim("a", "b", "c");

        publish(2, 3);
        pipeline.pass(A_SECOND);

        assertThat(permits()).containsExactly("a", "b", "c");
    }

    @Test
    void aLimitThatIsRemovedHoldsNobodyBack() {
        claim("a", "b", "c", "d");

        pipeline.publish(TOPICS.limits(), "shop-deletes", (byte[]) null);
        pipeline.pass(A_SECOND);

        assertThat(permits()).containsExactly("a", "b", "c", "d");
    }

    @Test
    void aLimitThatCannotBeUsedDoesNotReplaceOneThatCan() {
        pipeline.publish(TOPICS.limits(), "shop-deletes", Documents.limit("shop-deletes", 2, 0, "shop"));

        assertThat(pipeline.refusedDocuments)
                .singleElement()
                .satisfies(refused -> assertThat(refused.detail()).contains("concurrent"));
        claim("a", "b", "c");
        assertThat(permits()).containsExactly("a", "b");
    }

    @Test
    void whatIsNoClaimIsHandedToPeopleAndTheRestGoesOn() {
        pipeline.publish(TOPICS.limitClaims(), "k", new byte[] {1, 2, 3});
        claim("a");

        assertThat(pipeline.deadLetters()).extracting(DeadLetter::getCode).containsExactly("UNDECODABLE");
        assertThat(permits()).containsExactly("a");
    }

    @Test
    void operatorsSeeHowMuchOfALimitIsUsed() {
        claim("a", "b", "c");
        pipeline.pass(A_SECOND);

        assertThat(pipeline.telemetry.limits).containsExactly(new LimitUse("shop-deletes", 2, 1, 0));
    }

    /** The rows are all that a restore brings back. */
    @Test
    void whoeverTakesOverKnowsWhatIsOutAndWhoWaits(@TempDir Path elsewhere) {
        claim("a", "b", "c");
        var successor = new Successor(pipeline, elsewhere);

        successor.wakeUp();
        assertThat(successor.telemetry.limits).containsExactly(new LimitUse("shop-deletes", 2, 1, 0));
        assertThat(successor.context.forwarded()).isEmpty();
        pipeline.publish(TOPICS.limits(), "shop-deletes", Documents.limit("shop-deletes", 2, 3, "shop"));
        successor.wakeUp();
        assertThat(successor.context.forwarded()).hasSize(1);
    }

    private void publish(int version, int most) {
        pipeline.publish(TOPICS.limits(), "shop-deletes", Documents.limit("shop-deletes", version, most, "shop"));
    }

    private void claim(String... names) {
        List.of(names).forEach(name -> send(name, LimitClaimKind.CLAIM));
    }

    private void release(String name) {
        send(name, LimitClaimKind.RELEASE);
    }

    private void send(String name, LimitClaimKind kind) {
        LimitClaim claim = LimitClaim.newBuilder()
                .setClaimId(name)
                .setKind(kind)
                .setRequestId("request-" + name)
                .setSubjectId("subject-" + name)
                .setSystem("shop")
                .setAction(Action.DELETE)
                .setAttempt(1)
                .setAt(BEGIN)
                .build();
        pipeline.publish(TOPICS.limitClaims(), name, claim);
    }

    private List<String> permits() {
        return pipeline.read(TOPICS.limitPermits(), LimitPermit.class).stream()
                .map(LimitPermit::getClaimId)
                .toList();
    }

    /** A limiter on a store that holds just what another one left in its. */
    private static final class Successor {
        private final MockProcessorContext<byte[], Outgoing> context;
        private final CountingTelemetry telemetry = new CountingTelemetry();

        Successor(DrivenPipeline pipeline, Path directory) {
            context = new MockProcessorContext<>(new Properties(), new TaskId(4, 0), directory.toFile());
            context.setCurrentSystemTimeMs(BEGIN.toEpochMilli());
            KeyValueStore<Bytes, byte[]> rows = Stores.keyValueStoreBuilder(
                            Stores.inMemoryKeyValueStore(LimitStore.NAME), Serdes.Bytes(), Serdes.ByteArray())
                    .withLoggingDisabled()
                    .build();
            rows.init(context.getStateStoreContext(), rows);
            KeyValueStore<Bytes, byte[]> left = pipeline.driver().getKeyValueStore(LimitStore.NAME);
            try (var all = left.all()) {
                all.forEachRemaining(row -> rows.put(row.key, row.value));
            }
            context.addStateStore(rows);
            new LimitProcessor(
                            ProcessorSettings.defaults(1),
                            new LimiterRecords(TOPICS, pipeline.serdeConfig, true),
                            pipeline.world,
                            telemetry)
                    .init(context);
        }

        void wakeUp() {
            context.scheduledPunctuators()
                    .forEach(scheduled -> scheduled.getPunctuator().punctuate(BEGIN.toEpochMilli()));
        }
    }
}
