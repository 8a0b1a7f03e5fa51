package io.quittance.streams.processor;

import static io.quittance.streams.fixture.DrivenPipeline.BEGIN;
import static io.quittance.streams.fixture.DrivenPipeline.TOPICS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.contract.ContractSerdes;
import io.quittance.schema.LimitClaim;
import io.quittance.schema.LimitClaimKind;
import io.quittance.schema.LimitPermit;
import io.quittance.streams.codec.LimiterRecords;
import io.quittance.streams.codec.Outgoing;
import io.quittance.streams.codec.OutputTopic;
import io.quittance.streams.domain.limit.Limit;
import io.quittance.streams.domain.limit.Limit.Rate;
import io.quittance.streams.domain.limit.LimitUse;
import io.quittance.streams.domain.model.Action;
import io.quittance.streams.fixture.CountingTelemetry;
import io.quittance.streams.state.LimitStore;
import io.quittance.streams.state.ReferenceData;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The limiter between records and rows; what it decides is in the ledger's own tests. */
class LimitProcessorTest {
    private final Map<String, String> serdeConfig = Map.of("schema.registry.url", "mock://" + UUID.randomUUID());
    private final ReferenceData world = new ReferenceData("default", (predicate, facts) -> false);

    @TempDir
    Path state;

    private Limiter limiter;

    @BeforeEach
    void start() {
        world.publish(deletes(1, 2));
        limiter = new Limiter();
    }

    @Test
    void permitsGoToTheirSubjectsUntilTheLimitIsReached() {
        limiter.claim("a", "b", "c");

        assertThat(limiter.permits()).extracting(LimitPermit::getClaimId).containsExactly("a", "b");
        assertThat(limiter.permits())
                .allSatisfy(permit -> assertThat(permit.getLimits()).containsExactly("shop-deletes"));
        assertThat(limiter.forwarded(OutputTopic.LIMIT_PERMITS))
                .extracting(outgoing -> new String(outgoing.key(), UTF_8))
                .containsExactly("subject-a", "subject-b");
        limiter.release("a");
        assertThat(limiter.permits()).extracting(LimitPermit::getClaimId).containsExactly("a", "b", "c");
    }

    @Test
    void aPermitIsCommittedAtOnce() {
        limiter.claim("a");

        assertThat(limiter.context.committed()).isTrue();
    }

    /** A commit for each permit is what lets the queue grow: one record is read for each commit then. */
    @Test
    void permitsThatFollowFromRecordsThatWaitedAreCommittedTogether() {
        limiter.wakeUpAt(BEGIN.plusSeconds(10));
        limiter.claim("a");
        limiter.wakeUpAt(BEGIN.plusSeconds(30));
        assertThat(limiter.context.committed()).isTrue();
        limiter.context.resetCommit();

        limiter.wakeUpAt(BEGIN.plusSeconds(31));
        limiter.claim("b");
        assertThat(limiter.permits()).extracting(LimitPermit::getClaimId).containsExactly("a", "b");
        assertThat(limiter.context.committed()).isFalse();

        limiter.wakeUpAt(BEGIN.plusSeconds(62));
        assertThat(limiter.context.committed()).isTrue();
    }

    @Test
    void aChangedLimitIsNoticedWithoutAnyClaim() {
        limiter.claim("a", "b", "c");

        world.publish(deletes(2, 3));
        limiter.wakeUpAt(BEGIN.plusMillis(200));

        assertThat(limiter.permits()).hasSize(3);
    }

    @Test
    void aLimitThatIsRemovedHoldsNobodyBack() {
        limiter.claim("a", "b", "c", "d");

        world.withdrawLimit("shop-deletes");
        limiter.wakeUpAt(BEGIN.plusMillis(200));

        assertThat(limiter.permits()).hasSize(4);
    }

    @Test
    void aWindowSlidesWithoutAnyClaim() {
        world.publish(new Limit("shop-deletes", 2, Set.of(), Set.of(), null, new Rate(1, Duration.ofHours(1))));
        limiter.claim("a", "b");

        limiter.wakeUpAt(BEGIN.plus(Duration.ofHours(1)).minusMillis(1));
        assertThat(limiter.permits()).hasSize(1);
        limiter.wakeUpAt(BEGIN.plus(Duration.ofHours(1)));
        assertThat(limiter.permits()).hasSize(2);
    }

    @Test
    void whatIsNoClaimIsHandedToPeopleAndTheRestGoesOn() {
        limiter.process("k", new byte[] {1, 2, 3});
        limiter.process("k", null);
        limiter.claim("a");

        assertThat(limiter.forwarded(OutputTopic.DEAD_LETTERS)).hasSize(2);
        assertThat(limiter.telemetry.deadLetters).containsExactly("UNDECODABLE", "INVALID");
        assertThat(limiter.permits()).hasSize(1);
    }

    @Test
    void operatorsSeeHowMuchOfALimitIsUsed() {
        limiter.claim("a", "b", "c");
        limiter.wakeUpAt(BEGIN.plusMillis(200));

        assertThat(limiter.telemetry.limits).containsExactly(new LimitUse("shop-deletes", 2, 1, 0));
    }

    /** The rows are all that a restore brings back. */
    @Test
    void whoeverTakesOverKnowsWhatIsOutAndWhoWaits() {
        limiter.claim("a", "b", "c");

        var successor = new Limiter();
        try (var rows = limiter.rows.all()) {
            rows.forEachRemaining(row -> successor.rows.put(row.key, row.value));
        }
        successor.start();
        successor.wakeUpAt(BEGIN.plusSeconds(5));
        assertThat(successor.telemetry.limits).containsExactly(new LimitUse("shop-deletes", 2, 1, 0));
        assertThat(successor.permits()).isEmpty();
        successor.release("b");
        assertThat(successor.permits()).extracting(LimitPermit::getClaimId).containsExactly("c");
        successor.release("a");
        successor.release("c");
        assertThat(successor.rows.approximateNumEntries()).isZero();
    }

    /** Kafka Streams revives a task with the processors that it had: after a corrupted store, or when it was fenced. */
    @Test
    void aTaskThatIsRevivedGoesOnUnderItsLimits() {
        limiter.claim("a", "b");

        limiter.revive();
        assertThat(limiter.timers()).isOne();
        limiter.claim("c");
        assertThat(limiter.permits()).isEmpty();
        limiter.release("a");
        assertThat(limiter.permits()).extracting(LimitPermit::getClaimId).containsExactly("c");
    }

    private static Limit deletes(int version, int most) {
        return new Limit("shop-deletes", version, Set.of("shop"), Set.of(Action.DELETE), most, null);
    }

    private final class Limiter {
        private final MockProcessorContext<byte[], Outgoing> context =
                new MockProcessorContext<>(new Properties(), new TaskId(4, 0), state.toFile());
        private final CountingTelemetry telemetry = new CountingTelemetry();
        private final KeyValueStore<Bytes, byte[]> rows = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(LimitStore.NAME), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        private LimitProcessor processor = processor();

        Limiter() {
            context.setCurrentSystemTimeMs(BEGIN.toEpochMilli());
            context.setRecordMetadata(TOPICS.limitClaims(), 0, 7);
            rows.init(context.getStateStoreContext(), rows);
            context.addStateStore(rows);
            processor.init(context);
        }

        /** On the rows as they are now. */
        void start() {
            context.scheduledPunctuators().forEach(MockProcessorContext.CapturedPunctuator::cancel);
            context.resetForwards();
            processor = processor();
            processor.init(context);
        }

        /** The same processor, closed and begun again. */
        void revive() {
            context.resetForwards();
            processor.close();
            processor.init(context);
        }

        /** Looks around that are still to come, over and over. */
        long timers() {
            return context.scheduledPunctuators().stream()
                    .filter(timer -> !timer.cancelled())
                    .count();
        }

        private LimitProcessor processor() {
            return new LimitProcessor(
                    ProcessorSettings.defaults(1), new LimiterRecords(TOPICS, serdeConfig, true), world, telemetry);
        }

        void claim(String... names) {
            List.of(names).forEach(name -> send(name, LimitClaimKind.CLAIM));
        }

        void release(String name) {
            send(name, LimitClaimKind.RELEASE);
        }

        void send(String name, LimitClaimKind kind) {
            LimitClaim claim = LimitClaim.newBuilder()
                    .setClaimId(name)
                    .setKind(kind)
                    .setRequestId("request-" + name)
                    .setSubjectId("subject-" + name)
                    .setSystem("shop")
                    .setAction(io.quittance.schema.Action.DELETE)
                    .setAttempt(1)
                    .setAt(BEGIN)
                    .build();
            process(
                    name,
                    ContractSerdes.of(LimitClaim.class, serdeConfig)
                            .serializer()
                            .serialize(TOPICS.limitClaims(), claim));
        }

        void process(String key, byte[] value) {
            processor.process(new Record<>(key.getBytes(UTF_8), value, BEGIN.toEpochMilli()));
        }

        void wakeUpAt(Instant time) {
            context.setCurrentSystemTimeMs(time.toEpochMilli());
            context.scheduledPunctuators().stream()
                    .filter(scheduled -> !scheduled.cancelled())
                    .forEach(scheduled -> scheduled.getPunctuator().punctuate(time.toEpochMilli()));
        }

        List<Outgoing> forwarded(OutputTopic to) {
            return context.forwarded().stream()
                    .<Outgoing>map(captured -> captured.record().value())
                    .filter(outgoing -> outgoing.to() == to)
                    .toList();
        }

        List<LimitPermit> permits() {
            var deserializer = ContractSerdes.of(LimitPermit.class, serdeConfig).deserializer();
            return forwarded(OutputTopic.LIMIT_PERMITS).stream()
                    .map(outgoing -> deserializer.deserialize(outgoing.topic(), outgoing.value()))
                    .toList();
        }
    }
}
