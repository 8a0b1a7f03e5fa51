package io.quittance.streams.policy.lint;

import java.util.Map;
import java.util.Set;

/**
 * What is taken as given when a condition is looked at.
 *
 * @param known values by path, texts, numbers and flags
 * @param absent paths that the publisher left out
 * @param otherwise what anything else may come to
 */
record Assumption(Map<String, Object> known, Set<String> absent, int otherwise) {

    /** Fields that a publisher may leave out, or that are there only once something was proven. */
    static final Set<String> OPTIONAL = Set.of(
            "requester.ip", "requester.country", "requester.device", "verification.at", "verification.intent_at");

    static final Assumption NOTHING = new Assumption(Map.of(), Set.of(), Possible.ANYTHING);

    static Assumption of(Map<String, Object> known) {
        return new Assumption(known, Set.of(), Possible.ANYTHING);
    }

    /** That this field is left out, and nothing else goes wrong. */
    static Assumption without(String path) {
        return new Assumption(Map.of(), Set.of(path), Possible.EITHER);
    }
}
