package io.quittance.streams.domain.model;

/** What an approver says. */
public enum Verdict {
    UNKNOWN,
    APPROVE,
    DENY,
    REVOKE,
    SIGN_OFF,
    OBJECT;

    /** Whether it answers a review, and not an asking. */
    public boolean reviews() {
        return this == SIGN_OFF || this == OBJECT;
    }
}
