package io.quittance.proving.check;

import io.quittance.proving.history.Place;
import org.jspecify.annotations.Nullable;

/**
 * A record that was given up on.
 *
 * @param origin where it came from
 * @param requestId request that the record is about, if it can be read and is about one
 */
record DeadLetterSeen(
        Place place,
        long writtenAt,
        String code,
        String detail,
        String component,
        Place origin,
        @Nullable String valueSha256,
        @Nullable String requestId) {}
