package io.quittance.streams.state;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import io.quittance.streams.domain.docket.Docket;
import org.jspecify.annotations.Nullable;

/**
 * Dockets as they were last read or written, so that a request's next event does not parse its row again. Only those
 * with something open: the others are seldom looked at. Belongs to one task, and dies with it, as what it holds may
 * come from a transaction that is rolled back.
 */
final class OpenDockets {
    private final Cache<String, Weighed> recent;

    private record Weighed(Docket docket, int bytes) {}

    /** @param bytes what the rows of those kept may have together; 0 keeps none */
    OpenDockets(long bytes) {
        this.recent = CacheBuilder.newBuilder()
                .concurrencyLevel(1)
                .maximumWeight(bytes)
                .weigher((String subject, Weighed weighed) -> weighed.bytes())
                .build();
    }

    @Nullable
    Docket get(String subject) {
        Weighed found = recent.getIfPresent(subject);
        return found == null ? null : found.docket();
    }

    /** @param row what the docket is in the store */
    void put(Docket docket, byte[] row) {
        if (docket.open().isEmpty()) {
            forget(docket.subjectId());
        } else {
            recent.put(docket.subjectId(), new Weighed(docket, row.length));
        }
    }

    void forget(String subject) {
        recent.invalidate(subject);
    }
}
