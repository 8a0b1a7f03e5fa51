package io.quittance.streams.domain.policy;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whom to ask, and how long.
 *
 * @param anyOf ways in which enough approvals can come together; at least one, and one is enough
 * @param denyThreshold distinct approvers whose denial ends the request
 * @param remindAfter since the asking; null never
 * @param hashRequired whether an approval must repeat the plan's hash
 * @param signatureRequired whether an approval must be signed
 */
public record ApprovalAsk(
        List<Alternative> anyOf,
        int denyThreshold,
        Duration answerWithin,
        @Nullable Duration remindAfter,
        @Nullable Escalation escalation,
        OnSilence onSilence,
        boolean reasonRequired,
        boolean hashRequired,
        boolean signatureRequired) {
    public ApprovalAsk {
        anyOf = List.copyOf(anyOf);
    }

    /** Whom the request is before now. */
    public List<Alternative> asked(boolean escalated) {
        if (!escalated || escalation == null) {
            return anyOf;
        }
        return switch (escalation.mode()) {
            case REPLACE -> escalation.anyOf();
            case ADD ->
                Stream.concat(anyOf.stream(), escalation.anyOf().stream()).toList();
        };
    }

    /** Every group that is or will be asked, in the order of the rule. */
    public Set<String> groups() {
        return groups(Stream.concat(anyOf.stream(), asked(true).stream()).toList());
    }

    /** The groups of these alternatives, in order. */
    public static Set<String> groups(List<Alternative> alternatives) {
        return alternatives.stream()
                .flatMap(alternative -> alternative.allOf().stream())
                .map(Requirement::group)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
