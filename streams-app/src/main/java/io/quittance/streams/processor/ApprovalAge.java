package io.quittance.streams.processor;

import io.quittance.streams.codec.Arrival;
import io.quittance.streams.codec.InputTopic;
import io.quittance.streams.domain.Effect;
import io.quittance.streams.domain.model.DecisionMade;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How long a first attempt took to go out after the approval it rests on. */
final class ApprovalAge {
    private ApprovalAge() {}

    /**
     * Counted from when the decision was published if the task goes out because of it, else from when it was counted.
     * Empty where no person approved, and for later attempts.
     */
    static Optional<Duration> of(Effect.IssueTask issue, @Nullable InputTopic input, @Nullable Arrival cause) {
        Optional<Instant> approved = issue.of().authority().approvals().stream()
                .map(DecisionMade::at)
                .max(Comparator.naturalOrder());
        if (approved.isEmpty() || issue.task().attempt() > 1) {
            return Optional.empty();
        }
        Instant from = input == InputTopic.DECISIONS && cause != null ? cause.timestamp() : approved.get();
        return Optional.of(Duration.between(from, issue.at()));
    }
}
