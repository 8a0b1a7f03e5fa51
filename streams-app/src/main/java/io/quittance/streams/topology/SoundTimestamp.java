package io.quittance.streams.topology;

import java.time.Clock;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * Brokers take records without a time, and Kafka Streams' own extractors fail on them or drop them. Such a record
 * counts as written when the latest before it was. One from the future counts as written now: what follows from it
 * carries its time, and a broker may refuse that. Nothing is decided by a record's time.
 */
final class SoundTimestamp implements TimestampExtractor {
    private final Clock clock;

    SoundTimestamp(Clock clock) {
        this.clock = clock;
    }

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        return record.timestamp() >= 0 ? Math.min(record.timestamp(), clock.millis()) : Math.max(0, partitionTime);
    }
}
