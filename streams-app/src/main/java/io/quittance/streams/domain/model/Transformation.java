package io.quittance.streams.domain.model;

/** How a value is changed before it leaves its system, or when its row is anonymized. */
public enum Transformation {
    UNKNOWN,
    KEEP,
    REDACT,
    MASK,
    PSEUDONYMIZE,
    GENERALIZE
}
