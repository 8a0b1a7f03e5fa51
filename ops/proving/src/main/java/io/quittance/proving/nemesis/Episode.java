package io.quittance.proving.nemesis;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One fault as it happened.
 *
 * @param target the parts it hit
 * @param recovered when a request submitted after the end was closed; empty when none was in time
 */
public record Episode(Fault fault, String target, Instant began, Instant ended, Optional<Instant> recovered) {
    /** From the end of the fault until work was done again. */
    public Optional<Duration> recovery() {
        return recovered.map(at -> Duration.between(ended, at));
    }
}
