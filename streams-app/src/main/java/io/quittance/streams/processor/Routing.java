package io.quittance.streams.processor;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quittance.streams.codec.Arrival;
import io.quittance.streams.state.SubjectPartition;
import java.util.Arrays;
import org.apache.kafka.common.header.Headers;

/**
 * Where a subject's records belong: under the subject's id as key, in the partition that Kafka's own default
 * partitioner gives that key. A publisher in another language may have used another key or another partitioner.
 */
final class Routing {
    /** Header of a record that was sent on once. */
    static final String FORWARDED = "quittance.forwarded";

    private static final byte[] ONCE = "1".getBytes(UTF_8);

    private final int partitions;

    Routing(int partitions) {
        this.partitions = partitions;
    }

    boolean isAtHome(Arrival arrival, byte[] subject) {
        return Arrays.equals(arrival.key(), subject) && arrival.partition() == SubjectPartition.of(subject, partitions);
    }

    static boolean wasForwarded(Headers headers) {
        return headers.lastHeader(FORWARDED) != null;
    }

    static void markForwarded(Headers headers) {
        headers.add(FORWARDED, ONCE);
    }
}
