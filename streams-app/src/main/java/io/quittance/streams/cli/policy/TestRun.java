package io.quittance.streams.cli.policy;

import io.quittance.streams.cli.policy.PolicyTests.Case;
import io.quittance.streams.domain.policy.Rule;
import io.quittance.streams.policy.Trial;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;

/**
 * What came of a policy's cases.
 *
 * @param unreached rules that decided in no case, in the order of the policy
 */
public record TestRun(List<Result> results, List<String> unreached) {

    public TestRun {
        results = List.copyOf(results);
        unreached = List.copyOf(unreached);
    }

    /**
     * One case.
     *
     * @param differences between what was expected and what came; empty if it passed
     */
    public record Result(Case test, Trial trial, List<String> differences) {
        public Result {
            differences = List.copyOf(differences);
        }

        public boolean passed() {
            return differences.isEmpty();
        }
    }

    /** Runs every case. */
    public static TestRun of(PolicyFile policy, PolicyTests tests) {
        List<Result> results = tests.cases().stream()
                .map(test -> {
                    Trial trial = policy.compiled().tryOn(test.given());
                    return new Result(test, trial, differences(test.expected(), Answer.of(trial.judgement())));
                })
                .toList();
        return new TestRun(results, unreached(policy, results));
    }

    private static List<String> differences(SortedMap<String, String> expected, SortedMap<String, String> answer) {
        List<String> differences = new ArrayList<>();
        expected.forEach((key, value) -> {
            String actual = answer.getOrDefault(key, "");
            boolean same = key.equals(Answer.REASON) ? actual.contains(value) : actual.equals(value);
            if (!same) {
                differences.add(key + ": expected " + shown(value) + ", was " + shown(actual));
            }
        });
        return differences;
    }

    private static String shown(String value) {
        return value.isEmpty() ? "none" : value;
    }

    private static List<String> unreached(PolicyFile policy, List<Result> results) {
        Set<String> reached = new HashSet<>();
        results.stream()
                .flatMap(result -> result.trial().rules().stream())
                .filter(rule -> rule.result() == Trial.Result.HOLDS)
                .forEach(rule -> reached.add(rule.rule().id()));
        return policy.policy().rules().stream()
                .map(Rule::id)
                .filter(id -> !reached.contains(id))
                .toList();
    }
}
