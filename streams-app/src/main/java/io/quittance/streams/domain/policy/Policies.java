package io.quittance.streams.domain.policy;

/** Port: applies the policy in force to the facts. Must be a pure function of them, and must not throw. */
@FunctionalInterface
public interface Policies {
    Judgement judge(Facts facts);
}
