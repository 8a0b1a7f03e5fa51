package io.quittance.streams.config;

import java.util.List;

/** The configuration cannot be used. Every mistake is one line: where it is, what it is, how to mend it. */
public final class InvalidConfiguration extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    InvalidConfiguration(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    /** One line each, at least one; none shows a value that could be secret. */
    public List<String> problems() {
        return problems;
    }
}
