package io.quittance.streams.domain.docket;

import io.quittance.streams.domain.model.DecisionMade;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Emergency access that somebody has yet to sign for, or has signed for.
 *
 * @param ending how the request ends once it is signed
 * @param dueAt when it should be signed; it stays open after that
 * @param overdueTold whether people have been told that it is overdue
 * @param answer null while nobody has signed
 */
public record PendingReview(
        String group,
        Winding ending,
        Instant dueAt,
        boolean overdueTold,
        @Nullable DecisionMade answer) {

    public PendingReview overdue() {
        return new PendingReview(group, ending, dueAt, true, answer);
    }

    public PendingReview answered(DecisionMade by) {
        return new PendingReview(group, ending, dueAt, overdueTold, by);
    }
}
