package io.quittance.streams.domain.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request as it was made: everything the publisher said, and when it reached us.
 *
 * @param submittedAt when the publisher says it was made
 * @param breakGlassReason why emergency access is claimed; null where it is not
 */
public record Submission(
        String requestId,
        String subjectId,
        Action action,
        String regime,
        Requester requester,
        String purpose,
        Channel channel,
        Scope scope,
        Identifiers identifiers,
        Instant submittedAt,
        @Nullable String breakGlassReason) {

    /** A request that claims no emergency. */
    public Submission(
            String requestId,
            String subjectId,
            Action action,
            String regime,
            Requester requester,
            String purpose,
            Channel channel,
            Scope scope,
            Identifiers identifiers,
            Instant submittedAt) {
        this(requestId, subjectId, action, regime, requester, purpose, channel, scope, identifiers, submittedAt, null);
    }

    /** Whether emergency access is claimed. */
    public boolean claimsEmergency() {
        return breakGlassReason != null;
    }

    /** Whether the other asks for the same thing, so that answering one answers both. */
    public boolean asksTheSameAs(Submission other) {
        return action == other.action
                && regime.equals(other.regime)
                && scope.equals(other.scope)
                && claimsEmergency() == other.claimsEmergency()
                && requester.id().equals(other.requester.id())
                && identifiers.equals(other.identifiers);
    }

    @Override
    public String toString() {
        return "Submission[" + requestId + " " + action + "]";
    }
}
