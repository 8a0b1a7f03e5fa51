package io.quittance.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class SoundTimestampTest {
    private static final long NOW = 2_000;

    private final SoundTimestamp extractor = new SoundTimestamp(Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC));

    @Test
    void aRecordsOwnTimeCounts() {
        assertThat(extractor.extract(writtenAt(1_000), 5)).isEqualTo(1_000);
    }

    @Test
    void aRecordWithoutATimeTakesTheLatestBeforeItAndStopsNothing() {
        assertThat(extractor.extract(writtenAt(ConsumerRecord.NO_TIMESTAMP), 5)).isEqualTo(5);
        assertThat(extractor.extract(writtenAt(ConsumerRecord.NO_TIMESTAMP), -1))
                .isZero();
    }

    @Test
    void aRecordFromTheFutureWasWrittenNow() {
        assertThat(extractor.extract(writtenAt(NOW + 3_600_000), 5)).isEqualTo(NOW);
    }

    private static ConsumerRecord<Object, Object> writtenAt(long timestamp) {
        return new ConsumerRecord<>(
                "t",
                0,
                0,
                timestamp,
                TimestampType.CREATE_TIME,
                0,
                0,
                "key",
                "value",
                new RecordHeaders(),
                Optional.empty());
    }
}
