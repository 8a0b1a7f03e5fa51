package io.quittance.streams.domain.model;

/** Where one system's work stands. */
public enum TaskStatus {
    /** Its stage has not come, or its system cannot be reached. */
    WAITING,
    /** An attempt is out. */
    ISSUED,
    /** An attempt failed; the next goes out when due. */
    RETRYING,
    /** All attempts have failed; a person can still order more. */
    EXHAUSTED,
    DONE,
    REFUSED,
    FAILED,
    /** The request ended before it went out. */
    NOT_STARTED;

    public boolean terminal() {
        return switch (this) {
            case WAITING, ISSUED, RETRYING, EXHAUSTED -> false;
            case DONE, REFUSED, FAILED, NOT_STARTED -> true;
        };
    }
}
