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
    FAILED
}
