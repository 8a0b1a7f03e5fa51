package io.quittance.proving.check;

import io.quittance.proving.history.Place;
import org.jspecify.annotations.Nullable;

/**
 * A record that was given up on.
 *
 * @param at when it was given up on, by the clock of who gave up
 * @param origin where it came from
 * @param requestId request that the record is about, if it can be read and is about one
 * @param taskId task that the record reports on, if it can be read and does
 */
record DeadLetterSeen(
        Place place,
        long writtenAt,
        long at,
        String code,
        String detail,
        String component,
        Place origin,
        @Nullable String valueSha256,
        @Nullable String requestId,
        @Nullable String taskId) {}
