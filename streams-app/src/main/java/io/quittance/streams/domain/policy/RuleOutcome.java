package io.quittance.streams.domain.policy;

/** What a rule says once its condition holds. */
public enum RuleOutcome {
    APPROVE,
    DENY,
    ASK
}
