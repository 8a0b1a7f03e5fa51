package io.quittance.streams.domain.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something proven, or refused to be, about the requester.
 *
 * @param expiresAt when the proof stops counting; null means it does not
 * @param reasonCode which reason of the regime's vocabulary it was refused for; null means the usual one
 */
public record Verification(
        String verificationId,
        Kind kind,
        boolean proven,
        int level,
        String method,
        String verifiedBy,
        Instant at,
        @Nullable Instant expiresAt,
        @Nullable String reasonCode) {
    /** A proof that does not expire, or a refusal for the usual reason. */
    public Verification(
            String verificationId, Kind kind, boolean proven, int level, String method, String verifiedBy, Instant at) {
        this(verificationId, kind, proven, level, method, verifiedBy, at, null, null);
    }

    /** A proof does not grow old later for saying that it is of a time to come. */
    public Verification notAfter(Instant now) {
        return at.isAfter(now)
                ? new Verification(verificationId, kind, proven, level, method, verifiedBy, now, expiresAt, reasonCode)
                : this;
    }

    public boolean expiredAt(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }

    /** What was to be proven. */
    public enum Kind {
        IDENTITY,
        INTENT
    }
}
