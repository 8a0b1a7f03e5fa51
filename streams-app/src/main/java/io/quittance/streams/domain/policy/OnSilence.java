package io.quittance.streams.domain.policy;

/** What it means when the time to answer is over. */
public enum OnSilence {
    EXPIRE,
    DENY,
    APPROVE
}
