package io.quittance.streams.state;

import io.quittance.streams.domain.policy.Policies;
import io.quittance.streams.domain.policy.Policy;

/** Port: makes a policy ready to judge. */
@FunctionalInterface
public interface PolicyCompiler {
    /** @throws IllegalArgumentException if a condition does not compile; the message says which and holds no data */
    Policies compile(Policy policy);
}
