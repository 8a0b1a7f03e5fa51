package io.quittance.streams.domain.docket;

import java.time.Instant;

/** A directive that was carried out. */
public record Ordered(String directiveId, Instant at) {}
