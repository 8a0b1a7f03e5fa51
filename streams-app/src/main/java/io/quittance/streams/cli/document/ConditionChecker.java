package io.quittance.streams.cli.document;

import java.util.List;

/** Compiles the condition of a policy rule without evaluating it. */
@FunctionalInterface
public interface ConditionChecker {

    /** What is wrong with the condition; empty if it compiles. */
    List<ConditionProblem> check(String cel);

    /**
     * One mistake in a condition.
     *
     * @param line in the condition, from 1
     * @param column in that line, from 1
     */
    record ConditionProblem(int line, int column, String message) {}
}
