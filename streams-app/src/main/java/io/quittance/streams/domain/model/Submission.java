package io.quittance.streams.domain.model;

import java.time.Instant;

/**
 * A request as it was made: everything the publisher said, and when it reached us.
 *
 * @param submittedAt when the publisher says it was made
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
        Instant submittedAt) {

    /** Whether the other asks for the same thing, so that answering one answers both. */
    public boolean asksTheSameAs(Submission other) {
        return action == other.action
                && regime.equals(other.regime)
                && scope.equals(other.scope)
                && requester.id().equals(other.requester.id())
                && identifiers.equals(other.identifiers);
    }

    @Override
    public String toString() {
        return "Submission[" + requestId + " " + action + "]";
    }
}
