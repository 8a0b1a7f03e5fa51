package io.quittance.streams.domain.policy;

import java.util.List;

/**
 * Versioned rules; the first whose condition holds decides, none denies.
 *
 * @param calendars those that conditions name
 */
public record Policy(String name, int version, List<Rule> rules, List<Calendar> calendars) {
    public Policy {
        rules = List.copyOf(rules);
        calendars = List.copyOf(calendars);
    }

    /** Without calendars. */
    public Policy(String name, int version, List<Rule> rules) {
        this(name, version, rules, List.of());
    }
}
