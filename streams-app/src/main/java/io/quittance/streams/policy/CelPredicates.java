package io.quittance.streams.policy;

import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;
import io.quittance.streams.domain.policy.ApproverFacts;
import io.quittance.streams.domain.policy.Predicates;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Predicates over approvers, written in CEL over {@code approver}, {@code request}, {@code requester}, {@code subject}
 * and {@code now}. Safe for any number of threads.
 *
 * <p>A request keeps the rule that judged it, so a predicate may come from a version that is no longer in force: it is
 * compiled when it is first met, and kept as long as there is room. One that does not compile, or cannot be evaluated,
 * admits nobody.
 */
public final class CelPredicates implements Predicates {

    private static final int KEPT = 10_000;

    private final Conditions conditions = Conditions.ofPredicates();

    /** Empty for a predicate that does not compile. */
    private final LoadingCache<String, Optional<Condition>> compiled =
            CacheBuilder.newBuilder().maximumSize(KEPT).build(CacheLoader.from(this::compile));

    /** What is wrong with a predicate; empty if it can be published. */
    public List<ConditionProblem> check(String predicate) {
        return conditions.check("", predicate);
    }

    @Override
    public boolean admits(String predicate, ApproverFacts facts) {
        return compiled.getUnchecked(predicate)
                .map(condition -> condition.of(values(facts)).holds())
                .orElse(false);
    }

    private static Map<String, Object> values(ApproverFacts facts) {
        Map<String, Object> values = new HashMap<>(Vocabulary.values(Vocabulary.PREDICATES, facts.request()));
        values.put(ApproverWords.APPROVER.name(), ApproverWords.APPROVER.values(facts.approver()));
        return values;
    }

    private Optional<Condition> compile(String predicate) {
        return check(predicate).stream().allMatch(ConditionProblem::compiles)
                ? Optional.of(conditions.compile(predicate))
                : Optional.empty();
    }
}
