package io.quittance.streams.domain;

import io.quittance.streams.domain.clock.Regimes;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

/**
 * Numbers the decider works with.
 *
 * @param regimes laws a request may be made under
 * @param maxOpenPerSubject open requests of one subject
 * @param maxIdentifierBytes size of a request's identifiers
 * @param maxEarlyPerSubject events kept for requests that have not come
 * @param keepEarly how long they are kept
 * @param maxMarkers closed requests remembered per subject
 * @param keepMarkers how long a closed request is remembered
 * @param maxTrail entries in a request's trail
 * @param retryBase delay before the second attempt; doubles with each further one
 * @param retryMax longest delay between attempts
 * @param unreachableRecheck how often a system that could not be reached is looked at again
 * @param grantGrace how long after a grant has shut an executor's answer may still be on its way
 * @param retryOrderWait how long a task whose attempts have all failed waits for a person to order more, at most until
 *     its grant shuts
 * @param auditDelay how long what happens to an open request may go untold, so that what follows at once is told with
 *     it; ten times as long where records queue; zero tells each step. A request that closes is told at once
 * @param signaturesRequired whether every decision must be signed, whatever its rule says
 */
public record Settings(
        Regimes regimes,
        int maxOpenPerSubject,
        long maxIdentifierBytes,
        int maxEarlyPerSubject,
        Duration keepEarly,
        int maxMarkers,
        Duration keepMarkers,
        int maxTrail,
        Duration retryBase,
        Duration retryMax,
        Duration unreachableRecheck,
        Duration grantGrace,
        Duration retryOrderWait,
        Duration auditDelay,
        boolean signaturesRequired) {

    /** It is taken in, decided, done, and each waits to be read; and one more, for what waits meanwhile. */
    private static final int STEPS_OF_A_REQUEST = 4;

    private static final int MOST_DELAYS_UNTOLD = 10;

    /** The laws come with the configuration: none of these has a clock. */
    public static final Settings DEFAULTS = new Settings(
            Regimes.withoutClocks("GDPR", "UK_GDPR", "CCPA", "LGPD", "NONE"),
            20,
            64 * 1024,
            20,
            Duration.ofHours(24),
            50,
            Duration.ofDays(90),
            64,
            Duration.ofSeconds(10),
            Duration.ofMinutes(10),
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofHours(4),
            Duration.ZERO,
            false);

    /** The same, but for the laws a request may be made under. */
    public Settings with(Regimes laws) {
        return new Settings(
                laws,
                maxOpenPerSubject,
                maxIdentifierBytes,
                maxEarlyPerSubject,
                keepEarly,
                maxMarkers,
                keepMarkers,
                maxTrail,
                retryBase,
                retryMax,
                unreachableRecheck,
                grantGrace,
                retryOrderWait,
                auditDelay,
                signaturesRequired);
    }

    /** The same, but for how long progress may go untold. */
    public Settings tellingAfter(Duration delay) {
        return new Settings(
                regimes,
                maxOpenPerSubject,
                maxIdentifierBytes,
                maxEarlyPerSubject,
                keepEarly,
                maxMarkers,
                keepMarkers,
                maxTrail,
                retryBase,
                retryMax,
                unreachableRecheck,
                grantGrace,
                retryOrderWait,
                delay,
                signaturesRequired);
    }

    /**
     * How long progress may go untold. Where records queue, each of a request's steps waits as long, so that the end
     * overtakes what would be told meanwhile; telling it nevertheless would only make the queue longer.
     *
     * @param queued age of the record that it follows from
     */
    Duration untold(Duration queued) {
        Duration untilTheEnd = queued.multipliedBy(STEPS_OF_A_REQUEST);
        Duration most = auditDelay.multipliedBy(MOST_DELAYS_UNTOLD);
        return Collections.max(List.of(auditDelay, Collections.min(List.of(untilTheEnd, most))));
    }

    /** Delay after the given attempt: doubling, bounded. */
    public Duration retryDelay(int attempt) {
        int doublings = Math.min(attempt - 1, 20);
        Duration delay = retryBase.multipliedBy(1L << doublings);
        return delay.compareTo(retryMax) > 0 ? retryMax : delay;
    }
}
