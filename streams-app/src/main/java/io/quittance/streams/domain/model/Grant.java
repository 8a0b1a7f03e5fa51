package io.quittance.streams.domain.model;

import java.time.Instant;
import java.util.List;

/**
 * The permission that follows from enough approvals.
 *
 * @param systems its audience
 * @param categories what it covers; empty means all that the plan names
 * @param notAfter not to be used at or after
 * @param approvedBy pseudonyms; empty where a rule approved
 */
public record Grant(
        String grantId,
        List<String> systems,
        List<String> categories,
        Instant notBefore,
        Instant notAfter,
        String planHash,
        List<String> approvedBy) {
    public Grant {
        systems = List.copyOf(systems);
        categories = List.copyOf(categories);
        approvedBy = List.copyOf(approvedBy);
    }
}
