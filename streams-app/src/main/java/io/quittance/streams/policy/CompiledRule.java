package io.quittance.streams.policy;

import io.quittance.streams.domain.model.Action;
import io.quittance.streams.domain.policy.Facts;
import io.quittance.streams.domain.policy.OnGrantEnd;
import io.quittance.streams.domain.policy.Rule;
import io.quittance.streams.domain.policy.RuleOutcome;
import io.quittance.streams.domain.policy.VerificationNeed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A rule whose condition is compiled.
 *
 * @param lookedAtSoFar the paths that it and the rules before it name; shared by rules that name nothing new
 */
record CompiledRule(Rule rule, Condition condition, SortedSet<LookedAt.Path> lookedAtSoFar) {

    private static final LookedAt.Path BREAK_GLASS = new LookedAt.Path("request", "break_glass");

    boolean mayHoldOf(Action action) {
        return condition.actions().contains(action);
    }

    /** What takes the rule's place when its condition cannot be evaluated. */
    Rule denial(String error) {
        return new Rule(
                rule.id(),
                rule.when(),
                RuleOutcome.DENY,
                null,
                VerificationNeed.NONE,
                rule.window(),
                List.of(),
                OnGrantEnd.EXPIRE,
                Duration.ZERO,
                null,
                "Rule " + rule.id() + " could not be evaluated (" + error + "), so it is denied.");
    }

    /** Whether it holds. A rule for emergencies holds of nothing that does not claim to be one. */
    Condition.Answer of(Facts facts, Map<String, Object> values) {
        return isForEmergencies() && !facts.request().claimsEmergency() ? Condition.Answer.NO : condition.of(values);
    }

    /** The paths that it looks at itself. */
    SortedSet<LookedAt.Path> looksAt() {
        if (!isForEmergencies()) {
            return condition.looksAt();
        }
        SortedSet<LookedAt.Path> paths = new TreeSet<>(condition.looksAt());
        paths.add(BREAK_GLASS);
        return paths;
    }

    private boolean isForEmergencies() {
        return rule.review() != null;
    }

    Trial.OfRule tryOn(Facts facts, Map<String, Object> values) {
        Condition.Answer answer = of(facts, values);
        Trial.Result result =
                answer.failed() ? Trial.Result.FAILS : answer.holds() ? Trial.Result.HOLDS : Trial.Result.DOES_NOT_HOLD;
        return new Trial.OfRule(rule, result, answer.error(), LookedAt.render(looksAt(), values));
    }

    Trial.OfRule notTried() {
        return new Trial.OfRule(rule, Trial.Result.NOT_TRIED, "", new TreeMap<>());
    }
}
