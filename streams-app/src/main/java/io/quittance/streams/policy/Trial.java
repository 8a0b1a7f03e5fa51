package io.quittance.streams.policy;

import io.quittance.streams.domain.policy.Judgement;
import io.quittance.streams.domain.policy.Rule;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A judgement and how each rule came into it, for people who write policies.
 *
 * @param rules all of the policy, in its order
 */
public record Trial(Judgement judgement, List<OfRule> rules) {
    public Trial {
        rules = List.copyOf(rules);
    }

    /** What became of a rule. */
    public enum Result {
        /** Its condition holds, so it decides. */
        HOLDS,
        /** Its condition does not hold, so the next is tried. */
        DOES_NOT_HOLD,
        /** Its condition cannot be evaluated, so the request is denied. */
        FAILS,
        /** A rule before it decided. */
        NOT_TRIED
    }

    /**
     * One rule.
     *
     * @param error the kind of error; empty unless it fails
     * @param lookedAt the values it looked at, by path; personal ones left out, and empty if it was not tried
     */
    public record OfRule(Rule rule, Result result, String error, SortedMap<String, String> lookedAt) {
        public OfRule {
            lookedAt = Collections.unmodifiableSortedMap(new TreeMap<>(lookedAt));
        }

        boolean decides() {
            return switch (result) {
                case HOLDS, FAILS -> true;
                case DOES_NOT_HOLD, NOT_TRIED -> false;
            };
        }
    }
}
