package io.quittance.streams.domain.model;

/** What a request asks for. */
public enum Action {
    /** Written by a publisher newer than this pipeline: refused, never guessed. */
    UNKNOWN,
    ACCESS,
    EXPORT,
    DELETE,
    ANONYMIZE;

    /** Whether it changes data. Writes exclude everything else of the same subject; reads share. */
    public boolean writes() {
        return switch (this) {
            case DELETE, ANONYMIZE -> true;
            case ACCESS, EXPORT, UNKNOWN -> false;
        };
    }

    public boolean conflictsWith(Action other) {
        return writes() || other.writes();
    }
}
