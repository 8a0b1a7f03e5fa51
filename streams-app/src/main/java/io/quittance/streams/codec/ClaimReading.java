package io.quittance.streams.codec;

import io.quittance.streams.domain.limit.Claim;

/** What a record for the limiter turned out to be. */
public sealed interface ClaimReading {

    /** An attempt wants to go out. */
    record Asked(Claim claim) implements ClaimReading {}

    /**
     * An attempt is over, or not wanted any more.
     *
     * @param unused it never went out
     */
    record Over(String claimId, boolean unused) implements ClaimReading {}

    /**
     * Bytes nobody can act on.
     *
     * @param code stable code of a dead letter
     * @param detail sentence for people, without data
     */
    record Senseless(String code, String detail) implements ClaimReading {}
}
