package io.quittance.streams.domain;

/** What makes a request move. */
public enum Trigger {
    SUBMITTED,
    VERIFIED,
    VERIFICATION_REFUSED,
    APPROVED,
    DECISION_DENIED,
    TIMED_OUT,
    RELEASED,
    PLAN_CHANGED,
    REVOKED,
    WITHDRAWN,
    CANCEL_ORDERED,
    STOP_ORDERED,
    TASKS_ENDED,
    PROOF_EXPIRED,
    REVIEWED
}
