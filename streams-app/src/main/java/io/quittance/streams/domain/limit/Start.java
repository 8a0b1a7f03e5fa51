package io.quittance.streams.domain.limit;

import java.time.Instant;
import java.util.Comparator;

/**
 * That an attempt was let go, remembered for as long as a rate counts it; nothing says whose it was.
 *
 * @param number that of its claim's entry
 */
public record Start(long number, Work work, Instant at) {
    static final Comparator<Start> OLDEST_FIRST =
            Comparator.comparing(Start::at).thenComparing(Start::number);
}
