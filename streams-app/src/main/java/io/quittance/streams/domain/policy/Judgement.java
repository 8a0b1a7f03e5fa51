package io.quittance.streams.domain.policy;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a policy says of a request, and how it came to say so. Pinned to the request for its whole life.
 *
 * @param policyVersion 0 where there is no usable policy
 * @param rule the rule that matched; null where none did
 * @param lookedAt values the rules looked at, by path; personal ones left out
 */
public record Judgement(
        String policy, int policyVersion, @Nullable Rule rule, String reason, SortedMap<String, String> lookedAt) {
    public Judgement {
        lookedAt = new TreeMap<>(lookedAt);
    }

    public static Judgement noMatch(String policy, int version, Map<String, String> lookedAt) {
        return new Judgement(
                policy, version, null, "No rule of the policy matches, so it is denied.", new TreeMap<>(lookedAt));
    }

    public static Judgement unavailable(String policy, String reason) {
        return new Judgement(policy, 0, null, reason, new TreeMap<>());
    }

    public boolean denies() {
        return rule == null || rule.outcome() == RuleOutcome.DENY;
    }

    /** approve, deny, ask, or no-match: as the audit names it. */
    public String outcome() {
        if (rule == null) {
            return "no-match";
        }
        return switch (rule.outcome()) {
            case APPROVE -> "approve";
            case DENY -> "deny";
            case ASK -> "ask";
        };
    }
}
