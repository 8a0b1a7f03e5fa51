package io.quittance.streams.policy;

import java.util.List;

/** What came of compiling a policy. */
public sealed interface Compilation {

    /** Every condition is sound. */
    record Compiled(CelPolicies policies) implements Compilation {}

    /** At least one is not; the policy must not be put in force. */
    record Refused(List<ConditionProblem> problems) implements Compilation {
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
