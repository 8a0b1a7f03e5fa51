package io.quittance.proving.nemesis;

import java.time.Instant;
import java.util.Optional;

/**
 * One fault as it happened.
 *
 * @param target the parts it hit
 * @param failed whether it did not go as planned, or did nothing
 * @param recovered when every partition had come through with a request submitted after the end; empty when one had not
 *     in time
 */
public record Episode(
        Fault fault, String target, Instant began, Instant ended, boolean failed, Optional<Instant> recovered) {}
