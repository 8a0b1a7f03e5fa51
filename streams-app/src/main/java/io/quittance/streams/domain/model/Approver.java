package io.quittance.streams.domain.model;

import java.util.List;

/** A human who decides, by pseudonym. */
public record Approver(String id, List<String> groups) {
    public Approver {
        groups = List.copyOf(groups);
    }
}
