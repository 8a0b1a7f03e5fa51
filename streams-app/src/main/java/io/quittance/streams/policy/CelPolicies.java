package io.quittance.streams.policy;

import io.quittance.streams.domain.model.Action;
import io.quittance.streams.domain.policy.ApprovalAsk;
import io.quittance.streams.domain.policy.Calendar;
import io.quittance.streams.domain.policy.Facts;
import io.quittance.streams.domain.policy.Judgement;
import io.quittance.streams.domain.policy.Policies;
import io.quittance.streams.domain.policy.Policy;
import io.quittance.streams.domain.policy.Rule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Policies whose conditions are written in CEL over {@code request}, {@code requester}, {@code verification},
 * {@code subject} and {@code now}. Compiled once, safe for any number of threads; a judgement is a pure function of the
 * facts.
 *
 * <p>A condition that cannot be evaluated (a field that the publisher left out and that the rule does not ask for with
 * {@code has()}, a division by zero, too many turns of a loop) denies, and the judgement names the rule.
 */
public final class CelPolicies implements Policies {

    private static final Conditions PREDICATES = Conditions.ofPredicates();

    private final Policy policy;
    private final List<CompiledRule> rules;

    /** By the action's ordinal: the rules that may hold of it, in order. */
    private final List<List<CompiledRule>> byAction;

    private final SortedSet<LookedAt.Path> allPaths;

    private CelPolicies(Policy policy, List<CompiledRule> rules) {
        this.policy = policy;
        this.rules = rules;
        this.byAction = Arrays.stream(Action.values())
                .map(action ->
                        rules.stream().filter(rule -> rule.mayHoldOf(action)).toList())
                .toList();
        this.allPaths =
                rules.isEmpty() ? new TreeSet<>() : rules.get(rules.size() - 1).lookedAtSoFar();
    }

    /**
     * Compiles every condition and predicate of a policy, or names all that is wrong with them. Of what has been
     * published: a condition that an earlier version let through is compiled.
     */
    public static Compilation compile(Policy policy) {
        Conditions conditions = Conditions.ofRules(policy.calendars());
        List<ConditionProblem> problems = policy.rules().stream()
                .flatMap(rule ->
                        Stream.concat(conditions.check(rule.id(), rule.when()).stream(), problemsOfPredicates(rule)))
                .toList();
        return problems.stream().allMatch(ConditionProblem::compiles)
                ? new Compilation.Compiled(new CelPolicies(policy, compiled(policy, conditions)), problems)
                : new Compilation.Refused(problems);
    }

    private static Stream<ConditionProblem> problemsOfPredicates(Rule rule) {
        ApprovalAsk ask = rule.ask();
        return ask == null
                ? Stream.empty()
                : Stream.concat(ask.anyOf().stream(), ask.asked(true).stream())
                        .flatMap(alternative -> alternative.allOf().stream())
                        .flatMap(requirement -> Stream.ofNullable(requirement.when()))
                        .distinct()
                        .flatMap(predicate -> PREDICATES.check(rule.id(), predicate).stream());
    }

    /** What is wrong with a condition in a policy that has these calendars; empty if it can be published. */
    public static List<ConditionProblem> check(String condition, Collection<Calendar> calendars) {
        return Conditions.ofRules(calendars).check("", condition);
    }

    /** What is wrong with a condition in a policy without calendars; empty if it can be published. */
    public static List<ConditionProblem> check(String condition) {
        return check(condition, List.of());
    }

    private static List<CompiledRule> compiled(Policy policy, Conditions conditions) {
        List<CompiledRule> rules = new ArrayList<>();
        SortedSet<LookedAt.Path> soFar = new TreeSet<>();
        for (var rule : policy.rules()) {
            var compiled = new CompiledRule(rule, conditions.compile(rule.when()), soFar);
            if (!soFar.containsAll(compiled.looksAt())) {
                soFar = new TreeSet<>(soFar);
                soFar.addAll(compiled.looksAt());
            }
            rules.add(new CompiledRule(rule, compiled.condition(), soFar));
        }
        return List.copyOf(rules);
    }

    @Override
    public Judgement judge(Facts facts) {
        Map<String, Object> values = Vocabulary.values(Vocabulary.RULES, facts);
        for (CompiledRule candidate : byAction.get(facts.request().action().ordinal())) {
            Condition.Answer answer = candidate.of(facts, values);
            if (answer.holds() || answer.failed()) {
                return judgement(candidate, answer, values);
            }
        }
        return Judgement.noMatch(policy.name(), policy.version(), LookedAt.render(allPaths, values));
    }

    /** The same judgement, and what every rule had to do with it. */
    public Trial tryOn(Facts facts) {
        Judgement judgement = judge(facts);
        Map<String, Object> values = Vocabulary.values(Vocabulary.RULES, facts);
        List<Trial.OfRule> ofRules = new ArrayList<>();
        boolean decided = false;
        for (CompiledRule candidate : rules) {
            Trial.OfRule tried = decided ? candidate.notTried() : candidate.tryOn(facts, values);
            decided = decided || tried.decides();
            ofRules.add(tried);
        }
        return new Trial(judgement, ofRules);
    }

    private Judgement judgement(CompiledRule decisive, Condition.Answer answer, Map<String, Object> values) {
        var rule = answer.failed() ? decisive.denial(answer.error()) : decisive.rule();
        return new Judgement(
                policy.name(),
                policy.version(),
                rule,
                rule.reason(),
                LookedAt.render(decisive.lookedAtSoFar(), values));
    }
}
