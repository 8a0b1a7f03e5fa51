package io.quittance.streams.policy;

import dev.cel.common.CelErrorCode;
import dev.cel.runtime.CelEvaluationException;
import io.quittance.streams.domain.policy.Facts;
import io.quittance.streams.domain.policy.Judgement;
import io.quittance.streams.domain.policy.OnGrantEnd;
import io.quittance.streams.domain.policy.Policies;
import io.quittance.streams.domain.policy.Policy;
import io.quittance.streams.domain.policy.Rule;
import io.quittance.streams.domain.policy.RuleOutcome;
import io.quittance.streams.domain.policy.VerificationNeed;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * Policies whose conditions are written in CEL over {@code request}, {@code requester}, {@code verification},
 * {@code subject} and {@code now}. Compiled once, safe for any number of threads; a judgement is a pure function of the
 * facts.
 *
 * <p>A condition that cannot be evaluated (a field that the publisher left out and that the rule does not ask for with
 * {@code has()}, a division by zero, too many turns of a loop) denies, and the judgement names the rule.
 */
public final class CelPolicies implements Policies {

    private static final Conditions CONDITIONS = new Conditions();

    private final Policy policy;
    private final List<CompiledRule> rules;

    private CelPolicies(Policy policy, List<CompiledRule> rules) {
        this.policy = policy;
        this.rules = List.copyOf(rules);
    }

    private record CompiledRule(Rule rule, Condition condition) {}

    /** Compiles every condition of a policy, or names all that is wrong with them. */
    public static Compilation compile(Policy policy) {
        List<ConditionProblem> problems = policy.rules().stream()
                .flatMap(rule -> CONDITIONS.check(rule.id(), rule.when()).stream())
                .toList();
        if (!problems.isEmpty()) {
            return new Compilation.Refused(problems);
        }
        return new Compilation.Compiled(new CelPolicies(
                policy,
                policy.rules().stream()
                        .map(rule -> new CompiledRule(rule, CONDITIONS.compile(rule.when())))
                        .toList()));
    }

    /** What is wrong with a condition; empty if it can be used. */
    public static List<ConditionProblem> check(String condition) {
        return CONDITIONS.check("", condition);
    }

    @Override
    public Judgement judge(Facts facts) {
        Map<String, Object> values = Vocabulary.values(facts);
        TreeSet<LookedAt.Path> lookedAt = new TreeSet<>();
        for (CompiledRule candidate : rules) {
            lookedAt.addAll(candidate.condition().looksAt());
            try {
                if (candidate.condition().holds(values)) {
                    return judgement(candidate.rule(), lookedAt, values);
                }
            } catch (CelEvaluationException e) {
                return judgement(denial(candidate.rule(), e.getErrorCode()), lookedAt, values);
            } catch (RuntimeException e) {
                // The library promises the exception above; should it break that, no request may stop the pipeline.
                return judgement(denial(candidate.rule(), CelErrorCode.INTERNAL_ERROR), lookedAt, values);
            }
        }
        return Judgement.noMatch(policy.name(), policy.version(), LookedAt.render(lookedAt, values));
    }

    private Judgement judgement(Rule rule, TreeSet<LookedAt.Path> lookedAt, Map<String, Object> values) {
        return new Judgement(policy.name(), policy.version(), rule, rule.reason(), LookedAt.render(lookedAt, values));
    }

    /** The library's own message may show a value, so only the kind of error is told. */
    private static Rule denial(Rule rule, CelErrorCode error) {
        String kind = error.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return new Rule(
                rule.id(),
                rule.when(),
                RuleOutcome.DENY,
                null,
                VerificationNeed.NONE,
                rule.window(),
                List.of(),
                OnGrantEnd.EXPIRE,
                "Rule " + rule.id() + " could not be evaluated (" + kind + "), so it is denied.");
    }
}
