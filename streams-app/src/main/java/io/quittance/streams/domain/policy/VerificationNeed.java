package io.quittance.streams.domain.policy;

import io.quittance.streams.domain.model.Verification;
import java.time.Duration;
import java.util.Collection;

/**
 * What must be proven first.
 *
 * @param identityLevel least assurance, 0 to 3; 0 asks for no identity proof
 */
public record VerificationNeed(int identityLevel, boolean intent, Duration within) {
    public static final VerificationNeed NONE = new VerificationNeed(0, false, Duration.ZERO);

    /** Whether a proof of that kind is needed, so that its refusal ends the request. */
    public boolean asksFor(Verification.Kind kind) {
        return switch (kind) {
            case IDENTITY -> identityLevel > 0;
            case INTENT -> intent;
        };
    }

    public boolean metBy(Collection<Verification> verifications) {
        boolean identity = identityLevel == 0
                || verifications.stream()
                        .anyMatch(made -> made.kind() == Verification.Kind.IDENTITY
                                && made.proven()
                                && made.level() >= identityLevel);
        boolean confirmed = !intent
                || verifications.stream().anyMatch(made -> made.kind() == Verification.Kind.INTENT && made.proven());
        return identity && confirmed;
    }
}
