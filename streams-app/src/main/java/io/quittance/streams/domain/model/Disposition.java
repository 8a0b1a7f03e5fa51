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

    /** Whether the outcome can be one of that action in a dataset that the data map disposes of so. */
    public boolean mayFollow(Action action, Disposal onDelete) {
        return switch (this) {
            case ERASED, BACKUP_UNTIL -> action == Action.DELETE && onDelete == Disposal.ERASE;
            case ANONYMIZED ->
                onDelete == Disposal.ANONYMIZE || (action == Action.ANONYMIZE && onDelete == Disposal.ERASE);
            case RETAINED -> action.writes() && onDelete == Disposal.RETAIN;
            case EXPORTED, NOT_FOUND, UNKNOWN, FAILED -> mayFollow(action);
        };
    }
}
