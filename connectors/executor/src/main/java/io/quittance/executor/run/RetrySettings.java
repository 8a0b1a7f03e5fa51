package io.quittance.executor.run;

import dev.failsafe.RetryPolicy;
import dev.failsafe.RetryPolicyBuilder;
import java.time.Duration;

/**
 * The few quick tries inside one attempt; the pipeline's own retries come after them and are slower.
 *
 * @param tries in all, at least 1
 * @param firstDelay before the second try; doubles with each further one
 * @param longestDelay where the doubling ends; longer than the first
 */
public record RetrySettings(int tries, Duration firstDelay, Duration longestDelay) {
    private static final double JITTER = 0.25;

    <T> RetryPolicyBuilder<T> policy() {
        return RetryPolicy.<T>builder()
                .withMaxAttempts(tries)
                .withBackoff(firstDelay, longestDelay)
                .withJitter(JITTER);
    }
}
