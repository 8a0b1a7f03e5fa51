package io.quittance.streams.processor;

import io.quittance.streams.codec.Arrival;

/** Port: hands a record of a global topic to people. Global processors cannot forward. */
@FunctionalInterface
public interface DeadLetterPort {
    /**
     * Returns at once; what cannot be written is reported in the log.
     *
     * @param code stable code
     * @param detail sentence for people, without data
     */
    void deadLetter(Arrival arrival, String code, String detail);
}
