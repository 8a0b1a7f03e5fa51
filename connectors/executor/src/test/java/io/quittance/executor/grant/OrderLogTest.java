package io.quittance.executor.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quittance.executor.Given;
import io.quittance.executor.TaskFailure;
import io.quittance.schema.Freeze;
import io.quittance.schema.Revocation;
import io.quittance.schema.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.avro.AvroRuntimeException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OrderLogTest {
    private static final String TOPIC = "privacy.revocations";
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);
    private static final String FREEZES = "privacy.freezes";
    private static final TopicPartition FREEZES_PARTITION = new TopicPartition(FREEZES, 0);
    private static final Clock CLOCK = Clock.fixed(Given.NOW, ZoneOffset.UTC);

    private final AtomicBoolean registryIsAway = new AtomicBoolean();
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final MockConsumer<byte[], byte[]> ends = new MockConsumer<>("earliest");
    private final OrderLog log = new OrderLog(
            consumer,
            ends,
            new RevokedGrants(TOPIC, (topic, value) -> decode(value), CLOCK),
            new StandingFreezes(FREEZES, (topic, value) -> decodeFreeze(value), CLOCK),
            Duration.ofMillis(500),
            "orders-test");

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void aRevocationBeforeTheEndIsKnownAndAnotherGrantIsNotRevoked() throws Exception {
        topicWith(revocation("grant-1"));

        assertRefused(task("grant-1"), "REVOKED");
        assertPermitted(task("grant-2"));
    }

    @Test
    void aRevocationThatCameSinceTheLastLookIsKnown() throws Exception {
        topicWith(revocation("grant-1"));
        assertPermitted(task("grant-2"));

        consumer.schedulePollTask(
                () -> consumer.addRecord(new ConsumerRecord<>(TOPIC, 0, 1, null, revocation("grant-2"))));
        ends.updateEndOffsets(Map.of(PARTITION, 2L));
        assertRefused(task("grant-2"), "REVOKED");
    }

    @Test
    void aTopicThatWasMadeAnewIsReadFromItsBeginning() throws Exception {
        topicWith(revocation("grant-1"), revocation("grant-2"));
        assertPermitted(task("grant-3"));

        ends.updateEndOffsets(Map.of(PARTITION, 1L));
        consumer.schedulePollTask(
                () -> consumer.addRecord(new ConsumerRecord<>(TOPIC, 0, 0, null, revocation("grant-3"))));
        assertUnreadable();
        assertRefused(task("grant-3"), "REVOKED");
    }

    @Test
    void whatIsWrittenWhileATopicIsReadToItsEndMakesItNoOtherTopic() throws Exception {
        topicWith(revocation("grant-1"), revocation("grant-2"));
        ends.updateEndOffsets(Map.of(PARTITION, 1L));

        assertPermitted(task("grant-3"));
        ends.updateEndOffsets(Map.of(PARTITION, 2L));
        assertRefused(task("grant-2"), "REVOKED");
    }

    @Test
    void anUndecodableRevocationDoesNotHideTheOthers() throws Exception {
        topicWith(new byte[] {1}, revocation("grant-1"));

        assertRefused(task("grant-1"), "REVOKED");
    }

    @Test
    void anUndecodableRevocationPutsTheTasksOfItsSubjectInDoubt() throws Exception {
        topicWith(unreadable("subject-1", Given.NOW));

        assertInDoubt(task("grant-1"));
        assertPermitted(taskOf("subject-2", Given.NOW));
    }

    @Test
    void anUndecodableRevocationWithoutASubjectPutsEveryTaskInDoubt() {
        topicWith(unreadable(null, Given.NOW));

        assertInDoubt(taskOf("subject-1", Given.NOW));
        assertInDoubt(taskOf("subject-2", Given.NOW));
    }

    @Test
    void aRevocationWithoutAValuePutsTheTasksOfItsSubjectInDoubt() {
        topicWith(entry("subject-1", Given.NOW, null));

        assertInDoubt(task("grant-1"));
    }

    @Test
    void aTaskIssuedAfterAnUndecodableRevocationIsNotInDoubt() throws Exception {
        topicWith(unreadable("subject-1", Given.NOW.minusSeconds(3600)), unreadable(null, Given.NOW.minusSeconds(11)));

        assertPermitted(taskOf("subject-1", Given.NOW));
        assertInDoubt(taskOf("subject-1", Given.NOW.minusSeconds(2)));
    }

    @Test
    void anUndecodableRevocationFromTheFutureIsTakenForOneOfNow() throws Exception {
        topicWith(unreadable("subject-1", Given.NOW.plusSeconds(1_000_000)));

        assertInDoubt(task("grant-1"));
        assertPermitted(taskOf("subject-1", Given.NOW.plusSeconds(11)));
    }

    @Test
    void whatMayBeRevokedBehindAnOpenTransactionIsNotPermitted() {
        topicWith(revocation("grant-2"));
        ends.updateEndOffsets(Map.of(PARTITION, 3L));
        consumer.updateEndOffsets(Map.of(PARTITION, 1L));

        assertUnreadable();
    }

    @Test
    void anEndThatIsNotReachedInTimePermitsNothing() {
        topicWith(List.of());
        ends.updateEndOffsets(Map.of(PARTITION, 7L));

        assertUnreadable();
    }

    @Test
    void closingLetsGoOfBothConsumers() {
        log.close();

        assertThat(consumer.closed()).isTrue();
        assertThat(ends.closed()).isTrue();
    }

    @Test
    void aTopicThatDoesNotExistPermitsNothing() {
        assertUnreadable();
    }

    @Test
    void aRevocationThatWasFetchedWhileTheRegistryWasAwayIsReadAgain() throws Exception {
        topicWith(revocation("grant-1"));
        registryIsAway.set(true);
        assertUnreadable();

        registryIsAway.set(false);
        consumer.schedulePollTask(
                () -> consumer.addRecord(new ConsumerRecord<>(TOPIC, 0, 0, null, revocation("grant-1"))));
        assertRefused(task("grant-1"), "REVOKED");
    }

    @Test
    void aFreezeBeforeTheEndStopsTheWork() throws Exception {
        topicWith(List.of());
        freezesAre(freeze("incident-7"));

        assertRefused(task("grant-1"), "FROZEN");
    }

    @Test
    void aFreezeThatCameSinceTheLastLookStopsAndOneThatWasLiftedSinceDoesNot() throws Exception {
        topicWith(List.of());
        assertPermitted(task("grant-1"));

        freezesAre(freeze("incident-7"));
        assertRefused(task("grant-1"), "FROZEN");
        consumer.schedulePollTask(() -> consumer.addRecord(
                new ConsumerRecord<>(FREEZES, 0, 1, "incident-7".getBytes(StandardCharsets.UTF_8), null)));
        ends.updateEndOffsets(Map.of(PARTITION, 0L, FREEZES_PARTITION, 2L));
        assertPermitted(task("grant-1"));
    }

    @Test
    void aRevokedGrantIsRefusedForGoodWhateverIsFrozen() {
        topicWith(revocation("grant-1"));
        freezesAre(freeze("incident-7"));

        assertRefused(task("grant-1"), "REVOKED");
    }

    @Test
    void aTopicOfFreezesThatDoesNotExistPermitsNothing() {
        consumer.updatePartitions(TOPIC, List.of(new PartitionInfo(TOPIC, 0, null, null, null)));

        assertUnreadable();
    }

    private void assertPermitted(Task task) throws Exception {
        log.ensureNoneStops(task);
    }

    private void assertRefused(Task task, String code) {
        assertThatThrownBy(() -> log.ensureNoneStops(task)).isInstanceOfSatisfying(TaskFailure.class, failure -> {
            assertThat(failure.code()).isEqualTo(code);
            assertThat(failure.kind()).isEqualTo(TaskFailure.Kind.REFUSED);
        });
    }

    private void assertUnreadable() {
        assertThatThrownBy(() -> log.ensureNoneStops(task("grant-1")))
                .isInstanceOfSatisfying(TaskFailure.class, failure -> {
                    assertThat(failure.code()).isEqualTo("REVOCATIONS_UNREADABLE");
                    assertThat(failure.retryable()).isTrue();
                });
    }

    private void assertInDoubt(Task task) {
        assertThatThrownBy(() -> log.ensureNoneStops(task)).isInstanceOfSatisfying(TaskFailure.class, failure -> {
            assertThat(failure.code()).isEqualTo("REVOCATIONS_UNREADABLE");
            assertThat(failure.detail()).contains(TOPIC + "-0@");
            assertThat(failure.retryable()).isTrue();
        });
    }

    private static Task task(String grantId) {
        Task task = Given.task();
        task.getGrant().setGrantId(grantId);
        return task;
    }

    private static Task taskOf(String subject, Instant issuedAt) {
        Task task = Given.task();
        task.setSubjectId(subject);
        task.getGrant().setSubjectId(subject);
        task.setIssuedAt(issuedAt);
        return task;
    }

    private static ConsumerRecord<byte[], byte[]> unreadable(@Nullable String subject, Instant writtenAt) {
        return entry(subject, writtenAt, new byte[] {1});
    }

    private static ConsumerRecord<byte[], byte[]> entry(
            @Nullable String subject, Instant writtenAt, byte @Nullable [] value) {
        return new ConsumerRecord<>(
                TOPIC,
                0,
                0,
                writtenAt.toEpochMilli(),
                TimestampType.CREATE_TIME,
                0,
                0,
                subject == null ? null : subject.getBytes(StandardCharsets.UTF_8),
                value,
                new RecordHeaders(),
                Optional.empty());
    }

    private void topicWith(byte[]... values) {
        topicWith(Stream.of(values)
                .map(value -> entry("subject-1", Given.NOW.minusSeconds(60), value))
                .toList());
    }

    @SafeVarargs
    private void topicWith(ConsumerRecord<byte[], byte[]>... entries) {
        topicWith(List.of(entries));
    }

    private void topicWith(List<ConsumerRecord<byte[], byte[]>> entries) {
        consumer.updatePartitions(TOPIC, List.of(new PartitionInfo(TOPIC, 0, null, null, null)));
        consumer.updatePartitions(FREEZES, List.of(new PartitionInfo(FREEZES, 0, null, null, null)));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L, FREEZES_PARTITION, 0L));
        ends.updateEndOffsets(Map.of(PARTITION, (long) entries.size(), FREEZES_PARTITION, 0L));
        consumer.schedulePollTask(() -> {
            for (int offset = 0; offset < entries.size(); offset++) {
                consumer.addRecord(at(offset, entries.get(offset)));
            }
        });
    }

    /** Of a topic that has been set up with its revocations, none or one. */
    private void freezesAre(byte[] freeze) {
        consumer.schedulePollTask(() -> consumer.addRecord(
                new ConsumerRecord<>(FREEZES, 0, 0, "incident-7".getBytes(StandardCharsets.UTF_8), freeze)));
        ends.updateEndOffsets(Map.of(FREEZES_PARTITION, 1L));
    }

    private static byte[] freeze(String name) {
        try {
            return Freeze.getEncoder()
                    .encode(Freeze.newBuilder()
                            .setName(name)
                            .setEverything(true)
                            .setReason("incident")
                            .setIssuedBy("ops-1")
                            .setIssuedAt(Given.NOW)
                            .build())
                    .array();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable Freeze decodeFreeze(byte @Nullable [] bytes) {
        try {
            return bytes == null ? null : Freeze.getDecoder().decode(bytes);
        } catch (IOException | AvroRuntimeException e) {
            throw new SerializationException(e);
        }
    }

    private static ConsumerRecord<byte[], byte[]> at(int offset, ConsumerRecord<byte[], byte[]> entry) {
        return new ConsumerRecord<>(
                TOPIC,
                0,
                offset,
                entry.timestamp(),
                entry.timestampType(),
                0,
                0,
                entry.key(),
                entry.value(),
                entry.headers(),
                Optional.empty());
    }

    private static byte[] revocation(String grantId) {
        try {
            return Revocation.getEncoder()
                    .encode(Revocation.newBuilder()
                            .setGrantId(grantId)
                            .setRequestId("request-1")
                            .setSubjectId("subject-1")
                            .setRevokedAt(Given.NOW)
                            .setGrantNotAfter(Given.NOW)
                            .setCode("REVOKED")
                            .build())
                    .array();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private @Nullable Revocation decode(byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        if (registryIsAway.get()) {
            throw new TimeoutException("away");
        }
        try {
            return Revocation.getDecoder().decode(bytes);
        } catch (IOException | AvroRuntimeException e) {
            throw new SerializationException(e);
        }
    }
}
