package io.quittance.harness;

/** A part could not be started, asked or stopped. The message is one line: what, where, and what to do about it. */
public class HarnessException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public HarnessException(String message) {
        super(message);
    }

    public HarnessException(String message, Throwable cause) {
        super(message, cause);
    }
}
