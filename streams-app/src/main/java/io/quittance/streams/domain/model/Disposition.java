package io.quittance.streams.domain.model;

/** What became of a dataset. */
public enum Disposition {
    UNKNOWN,
    ERASED,
    ANONYMIZED,
    EXPORTED,
    RETAINED,
    NOT_FOUND,
    BACKUP_UNTIL,
    FAILED;

    /**
     * Whether the outcome can be one of that action at all; what an action can never bring about is no evidence of it.
     */
    public boolean mayFollow(Action action) {
        return switch (this) {
            case EXPORTED -> !action.writes();
            case ERASED, BACKUP_UNTIL -> action == Action.DELETE;
            case ANONYMIZED, RETAINED -> action.writes();
            case NOT_FOUND, UNKNOWN, FAILED -> true;
        };
    }
}
