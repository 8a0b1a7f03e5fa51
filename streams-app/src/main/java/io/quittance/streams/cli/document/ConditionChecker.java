package io.quittance.streams.cli.document;

import java.util.List;
import java.util.Set;

/** Compiles what a policy says in CEL, without evaluating it. */
@FunctionalInterface
public interface ConditionChecker {

    /** What is wrong with it; empty if it compiles. */
    List<ConditionProblem> check(String cel, Use use);

    /**
     * What a text in CEL is for.
     *
     * @param predicate whether it tells which approvers are meant, and not which requests
     * @param calendars names of the policy's calendars; a predicate has none
     */
    record Use(boolean predicate, Set<String> calendars) {

        /** It tells which approvers are meant. */
        public static final Use PREDICATE = new Use(true, Set.of());

        public Use {
            calendars = Set.copyOf(calendars);
        }

        /** It tells which requests a rule is for. */
        public static Use condition(Set<String> calendars) {
            return new Use(false, calendars);
        }
    }

    /**
     * One mistake in a condition.
     *
     * @param line in the condition, from 1
     * @param column in that line, from 1
     */
    record ConditionProblem(int line, int column, String message) {}
}
