package io.quittance.streams.domain.model;

import java.util.List;
import java.util.Map;

/**
 * Who decides, by pseudonym.
 *
 * @param attributes what predicates of rules may look at; never shown
 */
public record Approver(String id, List<String> groups, Kind kind, Map<String, String> attributes) {
    public Approver {
        groups = List.copyOf(groups);
        attributes = Map.copyOf(attributes);
    }

    /** A human without attributes. */
    public Approver(String id, List<String> groups) {
        this(id, groups, Kind.HUMAN, Map.of());
    }

    /** Who can speak as an approver. */
    public enum Kind {
        UNKNOWN,
        HUMAN,
        MACHINE
    }

    @Override
    public String toString() {
        return "Approver[" + kind + "]";
    }
}
