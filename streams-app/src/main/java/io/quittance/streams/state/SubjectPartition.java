package io.quittance.streams.state;

import org.apache.kafka.common.utils.Utils;

/** Which partition a subject's records and docket are in: what Kafka's own default partitioner says of the key. */
public final class SubjectPartition {
    private SubjectPartition() {}

    public static int of(byte[] key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key)) % partitions;
    }
}
