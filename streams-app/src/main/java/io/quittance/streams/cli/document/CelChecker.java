package io.quittance.streams.cli.document;

import io.quittance.streams.policy.ConditionCheck;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checks conditions as the pipeline compiles them. Not thread-safe. */
public final class CelChecker implements ConditionChecker {

    /** A policy has many conditions, and setting up a compiler takes longer than one of them. */
    private final Map<Use, ConditionCheck> checks = new HashMap<>();

    @Override
    public List<ConditionProblem> check(String cel, Use use) {
        return checks.computeIfAbsent(use, CelChecker::checkFor).problems(cel).stream()
                .map(problem -> new ConditionProblem(problem.line(), problem.column(), problem.message()))
                .toList();
    }

    private static ConditionCheck checkFor(Use use) {
        return use.predicate() ? ConditionCheck.ofPredicates() : ConditionCheck.ofConditions(use.calendars());
    }
}
