package io.quittance.streams.domain.policy;

import io.quittance.streams.domain.model.Submission;
import io.quittance.streams.domain.model.Verification;
import java.time.Instant;
import java.util.List;

/**
 * All that a rule may look at.
 *
 * @param openRequests how many requests of the subject are open, without this one
 */
public record Facts(Submission request, List<Verification> verifications, int openRequests, Instant now) {
    public Facts {
        verifications = List.copyOf(verifications);
    }
}
