package io.quittance.streams.domain.policy;

import org.jspecify.annotations.Nullable;

/**
 * Who has to approve: so many distinct approvers of a group.
 *
 * @param count at least 1
 * @param machine whether an external check is asked; humans do not count for it, nor machines elsewhere
 * @param when CEL predicate that an approver must also meet; null asks for none
 */
public record Requirement(
        String group, int count, boolean machine, @Nullable String when) {}
