package io.quittance.streams.app;

import io.quittance.streams.domain.policy.Policies;
import io.quittance.streams.domain.policy.Policy;
import io.quittance.streams.policy.CelPolicies;
import io.quittance.streams.policy.Compilation;
import io.quittance.streams.policy.ConditionProblem;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings policies in CEL to where policies are taken up. */
final class ConditionsInCel {
    private static final Logger log = LoggerFactory.getLogger(ConditionsInCel.class);

    private ConditionsInCel() {}

    /** @throws IllegalArgumentException if a condition does not compile */
    static Policies compile(Policy policy) {
        Compilation compilation = CelPolicies.compile(policy);
        if (compilation instanceof Compilation.Compiled compiled) {
            compiled.unpublishable().forEach(problem -> warn(policy, problem));
            return compiled.policies();
        }
        throw new IllegalArgumentException(((Compilation.Refused) compilation)
                .problems().stream().map(ConditionsInCel::text).collect(Collectors.joining("; ")));
    }

    private static void warn(Policy policy, ConditionProblem problem) {
        log.atWarn()
                .addKeyValue("policy", policy.name())
                .addKeyValue("version", policy.version())
                .addKeyValue("problem", text(problem))
                .log("a policy that an earlier version let through is taken up; mend it, for it could not be published"
                        + " again");
    }

    private static String text(ConditionProblem problem) {
        return "rule " + problem.ruleId() + ", line " + problem.line() + ", column " + problem.column() + ": "
                + problem.message();
    }
}
