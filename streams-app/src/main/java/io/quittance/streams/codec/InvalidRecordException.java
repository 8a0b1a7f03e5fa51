package io.quittance.streams.codec;

/** A record can be decoded but not be acted on. The message is for people and holds no data. */
public final class InvalidRecordException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidRecordException(String message) {
        super(message);
    }
}
