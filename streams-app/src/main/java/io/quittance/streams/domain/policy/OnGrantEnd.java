package io.quittance.streams.domain.policy;

/** What happens when a grant is revoked or shuts before the work is done. */
public enum OnGrantEnd {
    EXPIRE,
    ASK_AGAIN
}
