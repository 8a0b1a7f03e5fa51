package io.quittance.quickstart.story;

/** What the story says is not what the systems show. */
public final class CheckFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CheckFailed(String expected) {
        super("not so: " + expected);
    }
}
