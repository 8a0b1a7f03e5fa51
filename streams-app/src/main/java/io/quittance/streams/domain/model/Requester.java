package io.quittance.streams.domain.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who asks.
 *
 * @param id a pseudonym
 * @param ip address the request came from; policy may look at it, the audit never shows it
 * @param country ISO 3166-1 alpha-2
 */
public record Requester(
        RequesterType type,
        String id,
        List<String> roles,
        @Nullable String ip,
        @Nullable String country,
        @Nullable String device) {
    public Requester {
        roles = List.copyOf(roles);
    }

    @Override
    public String toString() {
        return "Requester[" + type + "]";
    }
}
