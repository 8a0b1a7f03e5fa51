package io.quittance.streams.app;

import java.util.List;

/** The application will not start as things are. Every defect is one line: what it is, where, how to mend it. */
public final class StartRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    StartRefused(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    /** One line each, at least one. */
    public List<String> problems() {
        return problems;
    }
}
