package io.quittance.streams.domain.policy;

/**
 * Port: tells whether an approver meets a predicate of a rule. The rule is the one pinned to the request, whatever
 * policy is in force now. Must be a pure function of its arguments and must not throw: a predicate that cannot be
 * evaluated is not met.
 */
@FunctionalInterface
public interface Predicates {
    boolean admits(String predicate, ApproverFacts facts);
}
