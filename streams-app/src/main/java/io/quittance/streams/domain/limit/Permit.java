package io.quittance.streams.domain.limit;

import java.time.Instant;
import java.util.List;

/**
 * The attempt may go out.
 *
 * @param limits names of those it counts under
 */
public record Permit(Claim claim, List<String> limits, Instant at) {
    public Permit {
        limits = List.copyOf(limits);
    }
}
