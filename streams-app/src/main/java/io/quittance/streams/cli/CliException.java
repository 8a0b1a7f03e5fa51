package io.quittance.streams.cli;

import java.util.List;

/** A command cannot do what it was asked. Its message says what, and what to do next; it ends the process. */
public final class CliException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int exitCode;
    private final transient List<String> sentences;

    private CliException(int exitCode, String what, String next) {
        super(what + "\n" + next);
        this.exitCode = exitCode;
        this.sentences = List.of(what, next);
    }

    public static CliException failed(String what, String next) {
        return new CliException(ExitCode.FAILURE, what, next);
    }

    public static CliException usage(String what, String next) {
        return new CliException(ExitCode.USAGE, what, next);
    }

    public static CliException notFound(String what, String next) {
        return new CliException(ExitCode.NOT_FOUND, what, next);
    }

    public static CliException timedOut(String what, String next) {
        return new CliException(ExitCode.TIMED_OUT, what, next);
    }

    public static CliException refused(String what, String next) {
        return new CliException(ExitCode.REFUSED, what, next);
    }

    /** What it cannot do, and what to do next: a line each. */
    List<String> sentences() {
        return sentences;
    }

    public int exitCode() {
        return exitCode;
    }
}
