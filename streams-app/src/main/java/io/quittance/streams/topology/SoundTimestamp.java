package io.quittance.streams.topology;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * Brokers take records without a time, and Kafka Streams' own extractors fail on them or drop them. Such a record
 * counts as written when the latest before it was; nothing is decided by a record's time.
 */
final class SoundTimestamp implements TimestampExtractor {
    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        return record.timestamp() >= 0 ? record.timestamp() : Math.max(0, partitionTime);
    }
}
