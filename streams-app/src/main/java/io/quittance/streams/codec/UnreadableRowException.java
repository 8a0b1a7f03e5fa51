package io.quittance.streams.codec;

/** A row of a store cannot be read by this version. Nothing helps but the right version, or a restore. */
public final class UnreadableRowException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableRowException(String why) {
        super("A row cannot be read, " + why + ". Run the version that wrote it, or a later one.");
    }
}
