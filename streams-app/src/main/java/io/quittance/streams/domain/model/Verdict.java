package io.quittance.streams.domain.model;

/** What an approver says. */
public enum Verdict {
    UNKNOWN,
    APPROVE,
    DENY,
    REVOKE
}
