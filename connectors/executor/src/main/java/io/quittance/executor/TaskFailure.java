package io.quittance.executor;

import java.util.Objects;

/**
 * Why a task was not carried out. Code and detail go to the completion and to people; neither may hold personal data.
 * There is no cause on purpose: messages of drivers quote values.
 */
public final class TaskFailure extends Exception {
    /** How the task ends. */
    public enum Kind {
        /** The executor would not. Nothing was touched, and trying again changes nothing. */
        REFUSED,
        /** The executor could not, and trying again as it is will not help. */
        FAILED,
        /** The executor could not this time. */
        RETRYABLE
    }

    private final Kind kind;
    private final String code;

    private TaskFailure(Kind kind, String code, String detail) {
        super(Objects.requireNonNull(detail, "detail"));
        this.kind = kind;
        this.code = Objects.requireNonNull(code, "code");
    }

    /** A refusal: nothing was touched. */
    public static TaskFailure refused(String code, String detail) {
        return new TaskFailure(Kind.REFUSED, code, detail);
    }

    /** A failure that another attempt will not mend. */
    public static TaskFailure failed(String code, String detail) {
        return new TaskFailure(Kind.FAILED, code, detail);
    }

    /** A failure that another attempt may mend. */
    public static TaskFailure retryable(String code, String detail) {
        return new TaskFailure(Kind.RETRYABLE, code, detail);
    }

    public Kind kind() {
        return kind;
    }

    /** Stable code, such as GRANT_EXPIRED. */
    public String code() {
        return code;
    }

    /** Sentence for people. */
    public String detail() {
        return Objects.requireNonNull(getMessage());
    }

    public boolean retryable() {
        return kind == Kind.RETRYABLE;
    }
}
