package io.quittance.streams.domain.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A decision and whether it counted.
 *
 * @param round which asking it answered, from 1; a grant that ended and is asked for again starts a new one
 * @param rejection code of why it did not count; null if it did
 */
public record DecisionMade(
        String decisionId,
        String approver,
        Verdict verdict,
        int round,
        Narrowing narrowing,
        @Nullable String rejection,
        @Nullable String reason,
        Instant at) {

    public boolean approvedIn(int asking) {
        return rejection == null && verdict == Verdict.APPROVE && round == asking;
    }

    /** Whether this revokes that earlier approval of the same person. */
    public boolean takesBack(DecisionMade earlier) {
        return rejection == null
                && verdict == Verdict.REVOKE
                && round == earlier.round
                && approver.equals(earlier.approver);
    }
}
