package io.quittance.streams.domain.limit;

import io.quittance.streams.domain.model.Action;

/** What an attempt does, and where: all that a limit looks at. */
public record Work(String system, Action action) {}
