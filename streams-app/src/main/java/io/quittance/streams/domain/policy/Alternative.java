package io.quittance.streams.domain.policy;

import java.util.List;

/** One way in which enough approvals can come together: all of its requirements. */
public record Alternative(List<Requirement> allOf) {
    public Alternative {
        allOf = List.copyOf(allOf);
    }

    /** Distinct approvers needed in all. */
    public int needed() {
        return allOf.stream().mapToInt(Requirement::count).sum();
    }
}
