package io.quittance.streams.codec;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Signs what executors are told to do. A port: who holds the key is no business of codec's. */
@FunctionalInterface
public interface GrantSeal {
    /** Leaves tasks unsigned. */
    GrantSeal NONE = claims -> null;

    /**
     * The signature of a task. Safe for use by several threads.
     *
     * @param claims the payload, see {@link io.quittance.contract.TaskClaims}; asked for only where there is a key
     * @return a compact JWS, or null where grants are not signed
     */
    @Nullable
    String over(Supplier<String> claims);
}
