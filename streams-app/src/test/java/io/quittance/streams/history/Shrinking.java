package io.quittance.streams.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Leaves out of a failing history whatever its fault does not need: halves first, then quarters, at last single steps
 * (delta debugging; Zeller and Hildebrandt, 2002).
 */
final class Shrinking {
    private Shrinking() {}

    /** For people: the seed, the fault, and the fewest steps that show it. */
    static String report(History history, Core core, Throwable fault) {
        History smallest = smallest(history, fewer -> isSame(fault, fewer.fault(core)));
        return fault.getMessage() + "\nseed " + history.seed() + ", "
                + smallest.steps().size() + " of "
                + history.steps().size() + " steps; play it with -Dquittance.history.seed=" + history.seed() + "\n  "
                + String.join("\n  ", smallest.told(core));
    }

    /** @param fails whether a history still shows the fault */
    static History smallest(History history, Predicate<History> fails) {
        List<Step> left = history.steps();
        int size = Math.max(1, left.size() / 2);
        while (size >= 1) {
            List<Step> fewer = withoutChunks(history, left, size, fails);
            boolean again = size == 1 && fewer.size() < left.size();
            left = fewer;
            size = again ? 1 : size / 2;
        }
        return history.with(left);
    }

    private static List<Step> withoutChunks(History history, List<Step> all, int size, Predicate<History> fails) {
        List<Step> left = all;
        int at = 0;
        while (at < left.size()) {
            List<Step> fewer = new ArrayList<>(left.subList(0, at));
            fewer.addAll(left.subList(Math.min(at + size, left.size()), left.size()));
            if (fails.test(history.with(fewer))) {
                left = fewer;
            } else {
                at += size;
            }
        }
        return left;
    }

    private static boolean isSame(Throwable fault, @Nullable Throwable other) {
        return other != null
                && fault.getClass() == other.getClass()
                && Objects.equals(fault.getMessage(), other.getMessage());
    }
}
