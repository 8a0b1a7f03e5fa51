package io.quittance.streams.domain;

import io.quittance.streams.domain.model.Approver;
import io.quittance.streams.domain.model.DatasetOutcome;
import io.quittance.streams.domain.model.Narrowing;
import io.quittance.streams.domain.model.Scope;
import io.quittance.streams.domain.model.Submission;
import io.quittance.streams.domain.model.Verdict;
import io.quittance.streams.domain.model.Verification;
import io.quittance.streams.domain.model.Vouching;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can happen to a docket from outside. */
public sealed interface Command {

    /** A request is made. */
    record Submit(Submission submission) implements Command {}

    /** The requester takes a request back. */
    record Withdraw(String requestId, String by, @Nullable String reason) implements Command {}

    /** The identity service speaks. */
    record Verify(
            String requestId,
            Verification verification,
            @Nullable String reason) implements Command {}

    /** An approver speaks. */
    record Decide(
            String requestId,
            String decisionId,
            Verdict verdict,
            Approver approver,
            @Nullable String planHash,
            @Nullable String reason,
            Narrowing narrowing,
            Vouching vouching,
            Instant at)
            implements Command {

        /** The same decision, now that it is known what vouches for it. */
        public Decide vouchedFor(Vouching by) {
            return new Decide(requestId, decisionId, verdict, approver, planHash, reason, narrowing, by, at);
        }
    }

    /**
     * Legal or an operator gives an order; about one request, or about the subject where requestId is null.
     *
     * @param scope what a HOLD holds, which systems a RETRY retries
     * @param holdId which hold a LIFT lifts; null for all
     */
    record Direct(
            @Nullable String requestId,
            String directiveId,
            DirectiveKind kind,
            String issuedBy,
            String reason,
            Scope scope,
            @Nullable String holdId)
            implements Command {}

    /** An executor reports. */
    record Complete(
            String requestId,
            String system,
            int attempt,
            String grantId,
            CompletionStatus status,
            boolean retryable,
            @Nullable String code,
            List<DatasetOutcome> outcomes,
            String executor,
            Instant finishedAt)
            implements Command {}

    /** The limiter lets an attempt go. */
    record Permit(String requestId, String system, int attempt, String claimId) implements Command {}

    /** What a directive orders. */
    enum DirectiveKind {
        UNKNOWN,
        HOLD,
        LIFT,
        EXTEND,
        PAUSE_CLOCK,
        RESUME_CLOCK,
        RETRY,
        CANCEL,
        ACKNOWLEDGE
    }

    /** How an attempt ended. */
    enum CompletionStatus {
        UNKNOWN,
        DONE,
        REFUSED,
        FAILED
    }
}
