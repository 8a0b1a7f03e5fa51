package io.quittance.executor.run;

import org.jspecify.annotations.Nullable;

/**
 * A record as it came from the tasks topic. Not a Java record: two of them are never compared, and none is printed.
 *
 * <p>Holds personal data.
 */
public final class DeliveredRecord {
    private final String topic;
    private final int partition;
    private final long offset;
    private final long timestamp;
    private final byte @Nullable [] key;
    private final byte @Nullable [] value;

    /** @param timestamp milliseconds since 1970; 0 if the record has none */
    public DeliveredRecord(
            String topic, int partition, long offset, long timestamp, byte @Nullable [] key, byte @Nullable [] value) {
        this.topic = topic;
        this.partition = partition;
        this.offset = offset;
        this.timestamp = timestamp;
        this.key = key;
        this.value = value;
    }

    public String topic() {
        return topic;
    }

    public int partition() {
        return partition;
    }

    public long offset() {
        return offset;
    }

    public long timestamp() {
        return timestamp;
    }

    byte @Nullable [] key() {
        return key;
    }

    byte @Nullable [] value() {
        return value;
    }

    /** Length of the value in bytes. */
    int size() {
        return value == null ? 0 : value.length;
    }

    @Override
    public String toString() {
        return topic + "-" + partition + "@" + offset;
    }
}
