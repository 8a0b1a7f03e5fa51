package io.quittance.streams.domain.limit;

import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A claim in the ledger.
 *
 * @param number counts up in the order of arrival
 * @param permittedAt null while it waits
 */
public record Entry(Claim claim, long number, @Nullable Instant permittedAt) {
    /** Who goes first: the earliest deadline, and the first come among equals. */
    static final Comparator<Entry> FIRST_TO_GO = Comparator.comparing(
                    (Entry entry) -> entry.claim().deadline(), Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(Entry::number);

    Entry permitted(Instant at) {
        return new Entry(claim, number, at);
    }

    boolean waits() {
        return permittedAt == null;
    }
}
