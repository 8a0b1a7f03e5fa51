package io.quittance.streams.policy;

import java.util.List;
import java.util.Set;

/** Tells what is wrong with conditions before they are published. Safe for any number of threads. */
public final class ConditionCheck {

    private final Conditions conditions;

    private ConditionCheck(Conditions conditions) {
        this.conditions = conditions;
    }

    /** Of the rules of a policy that has calendars of these names. */
    public static ConditionCheck ofConditions(Set<String> calendars) {
        return new ConditionCheck(Conditions.toCheckRules(calendars));
    }

    /** Of predicates over approvers. */
    public static ConditionCheck ofPredicates() {
        return new ConditionCheck(Conditions.ofPredicates());
    }

    /** What is wrong; empty if it can be published. */
    public List<ConditionProblem> problems(String condition) {
        return conditions.check("", condition);
    }
}
