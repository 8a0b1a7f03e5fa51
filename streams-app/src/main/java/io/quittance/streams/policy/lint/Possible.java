package io.quittance.streams.policy.lint;

/**
 * What an expression may come to, as a set of bits. CEL's logic: one side of && or || can decide, whatever the other.
 */
final class Possible {

    static final int TRUE = 1;
    static final int FALSE = 2;
    static final int ERROR = 4;
    static final int EITHER = TRUE | FALSE;
    static final int ANYTHING = TRUE | FALSE | ERROR;

    private static final int[] ALL = {TRUE, FALSE, ERROR};

    private Possible() {}

    static int of(boolean value) {
        return value ? TRUE : FALSE;
    }

    static boolean includes(int possible, int outcome) {
        return (possible & outcome) != 0;
    }

    /** Whether the rule decides in any case: a condition that fails denies. */
    static boolean decidesForSure(int possible) {
        return !includes(possible, FALSE);
    }

    static int not(int operand) {
        return (operand & ERROR) | (includes(operand, TRUE) ? FALSE : 0) | (includes(operand, FALSE) ? TRUE : 0);
    }

    static int and(int left, int right) {
        return combine(left, right, FALSE, TRUE);
    }

    static int or(int left, int right) {
        return combine(left, right, TRUE, FALSE);
    }

    static int choose(int condition, int then, int otherwise) {
        return (condition & ERROR)
                | (includes(condition, TRUE) ? then : 0)
                | (includes(condition, FALSE) ? otherwise : 0);
    }

    private static int combine(int left, int right, int deciding, int other) {
        int result = 0;
        for (int one : ALL) {
            for (int two : ALL) {
                if (includes(left, one) && includes(right, two)) {
                    result |= one == deciding || two == deciding
                            ? deciding
                            : one == ERROR || two == ERROR ? ERROR : other;
                }
            }
        }
        return result;
    }
}
