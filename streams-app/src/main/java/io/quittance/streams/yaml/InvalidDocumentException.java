package io.quittance.streams.yaml;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** A document has mistakes; the message has one line for each, as {@code file:line:column: what}. */
public final class InvalidDocumentException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final Comparator<Problem> BY_POSITION = Comparator.comparing(
                    (Problem problem) -> problem.at().file())
            .thenComparing(problem -> problem.at().line())
            .thenComparing(problem -> problem.at().column());

    private final transient List<Problem> problems;

    public InvalidDocumentException(List<Problem> problems) {
        super(problems.stream().sorted(BY_POSITION).map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = problems.stream().sorted(BY_POSITION).toList();
    }

    /** At least one, in the order of the file. */
    public List<Problem> problems() {
        return problems;
    }
}
