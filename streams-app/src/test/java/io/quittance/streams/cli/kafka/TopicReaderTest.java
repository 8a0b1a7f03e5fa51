package io.quittance.streams.cli.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Brokers that stop answering while a topic is read: Kafka's own consumer returns nothing then, for ever. */
class TopicReaderTest {

    private static final TopicPartition PARTITION = new TopicPartition("t", 0);
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int RECORDS = 100;

    private final MockConsumer<String, byte[]> brokers = new MockConsumer<>("earliest");
    private final List<String> read = new ArrayList<>();
    private final AtomicInteger looks = new AtomicInteger();

    /** A second passes from look to look, and an hour is too long. */
    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            assertThat(looks.incrementAndGet()).as("it reads for ever").isLessThan(3_600);
            return Instant.EPOCH.plusSeconds(looks.get());
        }
    };

    @BeforeEach
    void aTopicOfAHundredRecords() {
        brokers.updatePartitions("t", List.of(new PartitionInfo("t", 0, Node.noNode(), new Node[0], new Node[0])));
        brokers.updateBeginningOffsets(Map.of(PARTITION, 0L));
        brokers.updateEndOffsets(Map.of(PARTITION, (long) RECORDS));
    }

    @Test
    void readingGivesUpOnceNothingHasComeForAsLongAsSomebodyWaits() {
        answer(3);

        try (var reader = new TopicReader(brokers, "t", null, PATIENCE, clock)) {
            assertThatThrownBy(() -> reader.readToEnd(record -> read.add(record.key())))
                    .isInstanceOf(TimeoutException.class);
        }

        assertThat(read).hasSize(3);
        assertThat(looks.get()).isGreaterThanOrEqualTo(3 + 15).isLessThan(3 + 15 + 5);
    }

    @Test
    void readingMayTakeLongAsLongAsSomethingComes() {
        answer(RECORDS);

        try (var reader = new TopicReader(brokers, "t", "key", PATIENCE, clock)) {
            assertThat(reader.readToEnd(record -> read.add(record.key()))).isEqualTo(RECORDS);
        }

        assertThat(read).hasSize(RECORDS);
    }

    /** One record with each poll, so often. */
    private void answer(int times) {
        for (long offset = 0; offset < times; offset++) {
            long at = offset;
            brokers.schedulePollTask(() -> brokers.addRecord(new ConsumerRecord<>("t", 0, at, "key", new byte[] {1})));
        }
    }
}
