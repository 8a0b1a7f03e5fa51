package io.quittance.streams.domain.model;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An order that work stands still. It stops what any of its parts names.
 *
 * @param regimes laws; requests made under them are stopped
 * @param policies policies; requests that were judged by them are stopped
 * @param until when it ends by itself; null where only an order lifts it
 */
public record Freeze(
        String name,
        boolean everything,
        Set<String> systems,
        Set<String> regimes,
        Set<String> policies,
        @Nullable Instant until) {
    public Freeze {
        systems = Set.copyOf(systems);
        regimes = Set.copyOf(regimes);
        policies = Set.copyOf(policies);
    }

    /** Somebody ordered a stop, and nobody can read of what: everything stands still until they say. */
    public static Freeze ofEverything(String name) {
        return new Freeze(name, true, Set.of(), Set.of(), Set.of(), null);
    }

    /** Whether it has not ended by itself. */
    boolean isInForce(Instant now) {
        return until == null || now.isBefore(until);
    }

    boolean stops(Collection<String> touched, String regime, String policy, Instant now) {
        return isInForce(now)
                && (everything
                        || regimes.contains(regime)
                        || policies.contains(policy)
                        || !Collections.disjoint(systems, touched));
    }
}
