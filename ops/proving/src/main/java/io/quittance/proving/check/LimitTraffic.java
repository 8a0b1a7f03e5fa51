package io.quittance.proving.check;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What went between dockets and limiter.
 *
 * @param limits by name, as last published
 * @param claims in the order in which they arrived in each partition
 * @param permits in the order in which they arrived in each partition
 * @param releases first release of each claim, by claim id
 */
record LimitTraffic(
        Map<String, LimitSeen> limits,
        List<ClaimSeen> claims,
        List<PermitSeen> permits,
        Map<String, ReleaseSeen> releases) {

    /**
     * @param concurrent most at once; null for no such limit
     * @param count most in a window; null for no such limit
     */
    record LimitSeen(
            String name,
            List<String> systems,
            List<String> actions,
            @Nullable Integer concurrent,
            @Nullable Integer count,
            long windowMs) {

        boolean isOn(String system, String action) {
            return (systems.isEmpty() || systems.contains(system)) && (actions.isEmpty() || actions.contains(action));
        }
    }

    /** @param arrivedAt by the brokers' clock */
    record ClaimSeen(String claimId, String requestId, String system, String action, long arrivedAt) {}

    /**
     * @param permittedAt by the limiter's clock
     * @param arrivedAt by the brokers' clock
     */
    record PermitSeen(
            String claimId,
            String requestId,
            String system,
            int attempt,
            List<String> limits,
            long permittedAt,
            long arrivedAt) {}

    /** @param arrivedAt by the brokers' clock */
    record ReleaseSeen(boolean unused, long arrivedAt) {}
}
