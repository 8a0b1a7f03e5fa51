package io.quittance.streams.yaml;

/** One mistake in a document: where it is, and what would mend it. */
public record Problem(Position at, String message) {

    @Override
    public String toString() {
        return at + ": " + message;
    }
}
