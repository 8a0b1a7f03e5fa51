package io.quittance.streams.cli.output;

import io.quittance.schema.AuditRecord;
import io.quittance.schema.DecisionMade;
import io.quittance.schema.Narrowing;
import io.quittance.schema.ReviewMade;
import io.quittance.streams.yaml.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Emergency access and who signed for it, and what else is particular about a decision. */
final class ReviewView {

    private ReviewView() {}

    static void emergency(Output out, AuditRecord audit) {
        if (audit.getBreakGlassReason() != null) {
            out.line("Emergency   ", Standing.bad("claimed"), ": " + audit.getBreakGlassReason());
        }
        ReviewMade review = audit.getReview();
        if (review != null) {
            out.line("Review      " + review(review));
        }
    }

    private static String review(ReviewMade review) {
        return review.getVerdict() == null
                ? "by one of " + review.getGroup() + " is due " + review.getDueAt()
                : review.getVerdict() + " by " + review.getReviewer() + " of " + review.getGroup() + " at "
                        + review.getAt() + ", \"" + review.getReason() + "\"";
    }

    /** How less was approved than asked; empty where nothing was left out. */
    static String narrowing(DecisionMade made) {
        Narrowing narrowing = made.getNarrowing();
        if (narrowing == null) {
            return "";
        }
        List<String> parts = new ArrayList<>();
        if (!narrowing.getSystems().isEmpty()) {
            parts.add("in " + String.join(", ", narrowing.getSystems()));
        }
        if (!narrowing.getCategories().isEmpty()) {
            parts.add("of " + String.join(", ", narrowing.getCategories()));
        }
        if (narrowing.getWindowMs() != null) {
            parts.add("for " + Durations.format(Duration.ofMillis(narrowing.getWindowMs())));
        }
        return parts.isEmpty() ? "" : ", only " + String.join(" ", parts);
    }
}
