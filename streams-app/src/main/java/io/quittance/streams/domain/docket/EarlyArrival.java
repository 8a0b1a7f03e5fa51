package io.quittance.streams.domain.docket;

import io.quittance.streams.domain.Command;
import io.quittance.streams.domain.model.Origin;
import java.time.Instant;

/** A decision or verification that came before its request, kept for a while. */
public record EarlyArrival(Command command, Origin origin, Instant keptAt) {}
