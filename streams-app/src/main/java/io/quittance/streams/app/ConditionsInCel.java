package io.quittance.streams.app;

import io.quittance.streams.domain.policy.Policies;
import io.quittance.streams.domain.policy.Policy;
import io.quittance.streams.policy.CelPolicies;
import io.quittance.streams.policy.Compilation;
import java.util.stream.Collectors;

/** Brings policies in CEL to where policies are taken up. */
final class ConditionsInCel {
    private ConditionsInCel() {}

    /** @throws IllegalArgumentException if a condition does not compile */
    static Policies compile(Policy policy) {
        Compilation compilation = CelPolicies.compile(policy);
        if (compilation instanceof Compilation.Compiled compiled) {
            return compiled.policies();
        }
        throw new IllegalArgumentException(((Compilation.Refused) compilation)
                .problems().stream()
                        .map(problem -> "rule " + problem.ruleId() + ", line " + problem.line() + ", column "
                                + problem.column() + ": " + problem.message())
                        .collect(Collectors.joining("; ")));
    }
}
