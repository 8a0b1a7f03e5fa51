package io.quittance.streams.policy;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How often a regular expression says that something comes again. The library writes counted repetitions out before it
 * looks at how large the program has become: {@code ((a{100}){100}){100}} is a million steps, one level more is the end
 * of the heap.
 */
final class Repetition {
    /** As much as RE2 itself lets one repetition count. */
    static final int MOST = 1_000;

    private static final Pattern COUNTED = Pattern.compile("\\\\.|\\{(\\d+)(?:,(\\d*))?\\}", Pattern.DOTALL);

    private Repetition() {}

    /** Whether all counts together, as if each were inside the other, stay within bounds. */
    static boolean isBounded(String expression) {
        long product = 1;
        Matcher counted = COUNTED.matcher(expression);
        while (counted.find() && product <= MOST) {
            product *= Math.max(count(counted.group(1)), count(counted.group(2)));
        }
        return product <= MOST;
    }

    /** At least 1; more than is allowed where it is too long to be read. */
    private static long count(@Nullable String digits) {
        if (digits == null || digits.isEmpty()) {
            return 1;
        }
        return digits.length() > 4 ? MOST + 1L : Math.max(1, Long.parseLong(digits));
    }
}
