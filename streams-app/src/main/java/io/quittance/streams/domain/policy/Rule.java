package io.quittance.streams.domain.policy;

import io.quittance.streams.domain.model.Minimization;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One rule of a policy.
 *
 * @param when CEL condition
 * @param ask present whenever the outcome is ASK
 * @param window length of the grant's window from release
 * @param waiting how long a write waits once it is approved, so that it can still be withdrawn
 * @param review who signs afterwards; present where the rule is for emergency access, and then the rule matches nothing
 *     that does not claim it
 * @param reason sentence for people, copied to the audit
 */
public record Rule(
        String id,
        String when,
        RuleOutcome outcome,
        @Nullable ApprovalAsk ask,
        VerificationNeed verification,
        Duration window,
        List<Minimization> minimize,
        OnGrantEnd onGrantEnd,
        Duration waiting,
        @Nullable Review review,
        String reason) {
    public Rule {
        minimize = List.copyOf(minimize);
        // Requests from before there was a waiting period pinned rules without one.
        waiting = waiting == null ? Duration.ZERO : waiting;
    }
}
