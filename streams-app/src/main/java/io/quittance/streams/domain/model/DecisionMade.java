package io.quittance.streams.domain.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A decision and whether it counted.
 *
 * @param round which asking it answered, from 1; a grant that ended and is asked for again starts a new one
 * @param rejection code of why it did not count; null if it did
 */
public record DecisionMade(
        String decisionId,
        Approver by,
        Verdict verdict,
        int round,
        Narrowing narrowing,
        Vouching vouching,
        @Nullable String rejection,
        @Nullable String reason,
        Instant at) {

    public String approver() {
        return by.id();
    }

    /** The same without what only decisions that count need, and which may be large. */
    public DecisionMade withoutCredentials() {
        var named = new Approver(by.id(), List.of(), by.kind(), Map.of());
        return new DecisionMade(decisionId, named, verdict, round, narrowing, vouching, rejection, reason, at);
    }

    /** Whether it counted in that asking, as that verdict. */
    public boolean countsAs(Verdict which, int asking) {
        return rejection == null && verdict == which && round == asking;
    }

    /** Whether that earlier decision of the same person no longer stands: taken back, or turned into a denial. */
    public boolean replaces(DecisionMade earlier) {
        return rejection == null
                && (verdict == Verdict.REVOKE || verdict == Verdict.DENY)
                && round == earlier.round
                && approver().equals(earlier.approver());
    }
}
