package io.quittance.streams.domain.model;

/** Where a request stands; part of the public contract. */
public enum RequestState {
    /** Not a state a request rests in: where every request comes from. */
    NEW,
    AWAITING_VERIFICATION,
    AWAITING_APPROVAL,
    QUEUED,
    EXECUTING,
    DENIED,
    EXPIRED,
    CANCELLED,
    FULFILLED,
    PARTIALLY_FULFILLED,
    FAILED,
    /** The work is over, somebody has yet to sign for the emergency. */
    AWAITING_REVIEW;

    /** Whether no further transition leaves this state. */
    public boolean closed() {
        return switch (this) {
            case NEW, AWAITING_VERIFICATION, AWAITING_APPROVAL, QUEUED, EXECUTING, AWAITING_REVIEW -> false;
            case DENIED, EXPIRED, CANCELLED, FULFILLED, PARTIALLY_FULFILLED, FAILED -> true;
        };
    }
}
