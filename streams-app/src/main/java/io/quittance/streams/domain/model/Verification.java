package io.quittance.streams.domain.model;

import java.time.Instant;

/** Something proven, or refused to be, about the requester. */
public record Verification(
        String verificationId, Kind kind, boolean proven, int level, String method, String verifiedBy, Instant at) {
    /** What was to be proven. */
    public enum Kind {
        IDENTITY,
        INTENT
    }
}
