package io.quittance.proving.check;

import io.quittance.proving.history.Place;

/**
 * A record that cannot be read in a topic that only the product writes, or a tombstone where it writes none.
 *
 * @param sha256 of its value, lower-case hexadecimal; {@value #NO_VALUE} for a tombstone
 * @param at when it was written, in milliseconds since 1970
 */
record Unreadable(Place place, String sha256, long at) {
    /** As the details of an act have it. */
    static final String NO_VALUE = "none";
}
