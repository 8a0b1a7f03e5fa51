package io.quittance.streams.domain.policy;

import io.quittance.streams.domain.model.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * What must be proven first.
 *
 * @param identityLevel least assurance, 0 to 3; 0 asks for no identity proof
 * @param within time to prove
 * @param maxAge oldest a proof may be when the work begins; null for any age
 */
public record VerificationNeed(
        int identityLevel,
        boolean intent,
        Duration within,
        @Nullable Duration maxAge) {
    public static final VerificationNeed NONE = new VerificationNeed(0, false, Duration.ZERO, null);

    /** Whether a proof of that kind is needed, so that its refusal ends the request. */
    public boolean asksFor(Verification.Kind kind) {
        return switch (kind) {
            case IDENTITY -> identityLevel > 0;
            case INTENT -> intent;
        };
    }

    /** Whether what was proven is enough at that time. */
    public boolean metBy(Collection<Verification> verifications, Instant now) {
        boolean identity = identityLevel == 0
                || verifications.stream()
                        .anyMatch(
                                made -> counts(made, Verification.Kind.IDENTITY, now) && made.level() >= identityLevel);
        boolean confirmed =
                !intent || verifications.stream().anyMatch(made -> counts(made, Verification.Kind.INTENT, now));
        return identity && confirmed;
    }

    private boolean counts(Verification made, Verification.Kind kind, Instant now) {
        return made.kind() == kind && made.proven() && !made.expiredAt(now) && !isTooOld(made, now);
    }

    private boolean isTooOld(Verification made, Instant now) {
        return maxAge != null && made.at().plus(maxAge).isBefore(now);
    }
}
