package io.quittance.streams.cli.kafka;

import org.apache.kafka.common.KafkaException;

/** A record was sent and no answer came: it may be there. What became of the answer is the cause. */
public final class UnacknowledgedException extends KafkaException {

    private static final long serialVersionUID = 1L;

    public UnacknowledgedException(KafkaException cause) {
        super("It is not known whether the record was written.", cause);
    }
}
