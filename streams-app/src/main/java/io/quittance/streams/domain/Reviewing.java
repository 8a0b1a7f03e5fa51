package io.quittance.streams.domain;

import static io.quittance.streams.domain.Trigger.REVIEWED;
import static io.quittance.streams.domain.model.RequestState.AWAITING_REVIEW;

import io.quittance.streams.domain.docket.Case;
import io.quittance.streams.domain.docket.PendingReview;
import io.quittance.streams.domain.docket.Winding;
import io.quittance.streams.domain.model.DecisionMade;
import io.quittance.streams.domain.model.RequestState;
import io.quittance.streams.domain.model.Verdict;
import io.quittance.streams.domain.policy.Judgement;
import io.quittance.streams.domain.policy.Review;
import java.util.Optional;

/**
 * Emergency access is signed for afterwards: once its work is over, the request stays open until somebody of the group
 * that the rule names has said whether it was justified. Time alone never closes it.
 */
final class Reviewing {
    private Reviewing() {}

    /** The review that the request owes before it may end so; empty if it owes none. */
    static Optional<PendingReview> owed(Turn turn, Case about, Winding ending) {
        boolean used = !about.authority().grants().isEmpty() && about.review() == null;
        return used
                ? reviewOf(about)
                        .map(review ->
                                new PendingReview(review.group(), ending, turn.now.plus(review.within()), false, null))
                : Optional.empty();
    }

    /** The work is over; now somebody has to sign. */
    static void open(Turn turn, String id, Trigger trigger, PendingReview review) {
        turn.record(new Event.ReviewChanged(id, review));
        turn.move(
                id,
                trigger,
                AWAITING_REVIEW,
                "REVIEW_WANTED",
                "Emergency access was used; " + review.group() + " has to sign for it.",
                "policy");
        turn.effect(new Effect.PromptReview(turn.get(id)));
        turn.notify(
                turn.get(id), "REVIEW_WANTED", review.group(), "Emergency access was used and is to be signed for.");
    }

    static void sign(Turn turn, String id, DecisionMade made) {
        PendingReview review = pending(turn.get(id));
        Winding ending = review.ending();
        boolean justified = made.verdict() == Verdict.SIGN_OFF;
        turn.record(new Event.ReviewChanged(id, review.answered(made)));
        turn.note(
                id,
                justified ? "SIGNED_OFF" : "OBJECTED",
                made.approver(),
                justified ? "The emergency access was justified." : "The emergency access was not justified.");
        turn.move(id, REVIEWED, ending.target(), ending.code(), ending.reason(), made.approver());
    }

    /** Nobody has signed in the time there was: people are told, once, and the review stays open. */
    static void remindOfOverdue(Turn turn, String id) {
        PendingReview review = pending(turn.get(id));
        turn.record(new Event.ReviewChanged(id, review.overdue()));
        turn.note(id, "REVIEW_OVERDUE", "pipeline", "Nobody has signed for the emergency access in time.");
        turn.audit(id);
        turn.notify(turn.get(id), "REVIEW_OVERDUE", review.group(), "Emergency access is still to be signed for.");
    }

    /** Whether the request's work is over, so that it stands in nobody's way. */
    static boolean isOver(Case about) {
        return about.state() == RequestState.AWAITING_REVIEW;
    }

    private static PendingReview pending(Case about) {
        PendingReview review = about.review();
        if (review == null) {
            throw new IllegalStateException("a request is to be signed for without a review");
        }
        return review;
    }

    private static Optional<Review> reviewOf(Case about) {
        Judgement judgement = about.authority().judgement();
        return judgement == null || judgement.rule() == null
                ? Optional.empty()
                : Optional.ofNullable(judgement.rule().review());
    }
}
