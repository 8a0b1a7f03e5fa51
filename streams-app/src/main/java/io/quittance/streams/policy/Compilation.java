package io.quittance.streams.policy;

import java.util.List;

/** What came of compiling a policy. */
public sealed interface Compilation {

    /**
     * Every condition can be evaluated.
     *
     * @param unpublishable those that this version would not publish any more
     */
    record Compiled(CelPolicies policies, List<ConditionProblem> unpublishable) implements Compilation {
        public Compiled {
            unpublishable = List.copyOf(unpublishable);
        }
    }

    /** At least one cannot; the policy must not be put in force. */
    record Refused(List<ConditionProblem> problems) implements Compilation {
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
