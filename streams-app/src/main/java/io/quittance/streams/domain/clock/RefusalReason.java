package io.quittance.streams.domain.clock;

import io.quittance.streams.domain.model.Verification;
import java.util.Set;

/**
 * A reason for which a law lets a request be refused.
 *
 * @param code stable code
 * @param sentence the same, for people
 * @param article where the law says so; empty where no law does
 * @param usualFor what this is the reason for when its refusal comes without one
 */
public record RefusalReason(String code, String sentence, String article, Set<Verification.Kind> usualFor) {
    public RefusalReason {
        usualFor = Set.copyOf(usualFor);
    }
}
