package io.quittance.streams.domain.policy;

import java.util.List;

/** Versioned rules; the first whose condition holds decides, none denies. */
public record Policy(String name, int version, List<Rule> rules) {
    public Policy {
        rules = List.copyOf(rules);
    }
}
