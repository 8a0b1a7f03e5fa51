package io.quittance.executor.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quittance.executor.Given;
import io.quittance.executor.TaskFailure;
import io.quittance.schema.Revocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.avro.AvroRuntimeException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RevocationLogTest {
    private static final String TOPIC = "privacy.revocations";
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);

    private final AtomicBoolean registryIsAway = new AtomicBoolean();
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final RevocationLog log = new RevocationLog(
            new RevocationReader(
                    consumer, (topic, value) -> decode(value), TOPIC, Clock.fixed(Given.NOW, ZoneOffset.UTC)),
            Duration.ofMillis(500),
            "revocations-test");

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void aRevocationBeforeTheEndIsKnownAndAnotherGrantIsNotRevoked() throws Exception {
        topicWith(revocation("grant-1"));

        assertThat(log.isRevoked("grant-1")).isTrue();
        assertThat(log.isRevoked("grant-2")).isFalse();
    }

    @Test
    void aRevocationThatCameSinceTheLastLookIsKnown() throws Exception {
        topicWith(revocation("grant-1"));
        assertThat(log.isRevoked("grant-2")).isFalse();

        consumer.schedulePollTask(
                () -> consumer.addRecord(new ConsumerRecord<>(TOPIC, 0, 1, null, revocation("grant-2"))));
        consumer.updateEndOffsets(Map.of(PARTITION, 2L));
        assertThat(log.isRevoked("grant-2")).isTrue();
    }

    @Test
    void anUndecodableRevocationDoesNotHideTheOthers() throws Exception {
        topicWith(new byte[] {1}, revocation("grant-1"));

        assertThat(log.isRevoked("grant-1")).isTrue();
    }

    @Test
    void anEndThatIsNotReachedInTimePermitsNothing() {
        topicWith();
        consumer.updateEndOffsets(Map.of(PARTITION, 7L));

        assertUnreadable();
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
        assertThat(log.isRevoked("grant-1")).isTrue();
    }

    private void assertUnreadable() {
        assertThatThrownBy(() -> log.isRevoked("grant-1")).isInstanceOfSatisfying(TaskFailure.class, failure -> {
            assertThat(failure.code()).isEqualTo("REVOCATIONS_UNREADABLE");
            assertThat(failure.retryable()).isTrue();
        });
    }

    private void topicWith(byte[]... values) {
        consumer.updatePartitions(TOPIC, List.of(new PartitionInfo(TOPIC, 0, null, null, null)));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.updateEndOffsets(Map.of(PARTITION, (long) values.length));
        consumer.schedulePollTask(() -> {
            for (int offset = 0; offset < values.length; offset++) {
                consumer.addRecord(new ConsumerRecord<>(TOPIC, 0, offset, null, values[offset]));
            }
        });
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

    private Revocation decode(byte[] bytes) {
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
