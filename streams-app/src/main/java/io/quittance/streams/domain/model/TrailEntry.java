package io.quittance.streams.domain.model;

import java.time.Instant;

/** One thing that happened to a request, as the audit tells it. */
public record TrailEntry(Instant at, String code, String actor, String detail) {}
