package io.quittance.streams.codec;

import io.quittance.streams.domain.model.Origin;
import io.quittance.streams.domain.model.Payload;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A record as it came in: where from, and its bytes. Personal data. */
public record Arrival(
        String topic, int partition, long offset, Instant timestamp, byte @Nullable [] key, byte @Nullable [] value) {

    /** What the core keeps of it. */
    public Origin origin() {
        return new Origin(topic, partition, offset, timestamp, new Payload(value == null ? new byte[0] : value));
    }

    /** A record that the core kept; its key is not kept. */
    public static Arrival of(Origin origin) {
        return new Arrival(
                origin.topic(),
                origin.partition(),
                origin.offset(),
                origin.timestamp(),
                null,
                origin.value().bytes());
    }

    @Override
    public String toString() {
        return "Arrival[" + topic + "-" + partition + "@" + offset + "]";
    }
}
