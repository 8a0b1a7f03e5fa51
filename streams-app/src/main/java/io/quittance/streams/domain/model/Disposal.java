package io.quittance.streams.domain.model;

/** What a delete does with a dataset's rows. */
public enum Disposal {
    UNKNOWN,
    ERASE,
    ANONYMIZE,
    RETAIN
}
