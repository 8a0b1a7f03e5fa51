package io.quittance.proving.check;

import java.nio.charset.StandardCharsets;

/**
 * The letters that are part of every identifier and every value of a made-up person, and of nothing else: an e-mail
 * address, a customer number or a name that turns up where it should not gives itself away.
 */
public final class Marker {
    /** In lower case; whatever is made up contains it in just this form. */
    public static final String TEXT = "qxz9";

    private static final byte[] BYTES = TEXT.getBytes(StandardCharsets.US_ASCII);

    private Marker() {}

    static boolean isIn(byte[] bytes) {
        for (int at = 0; at <= bytes.length - BYTES.length; at++) {
            if (bytes[at] == BYTES[0]
                    && bytes[at + 1] == BYTES[1]
                    && bytes[at + 2] == BYTES[2]
                    && bytes[at + 3] == BYTES[3]) {
                return true;
            }
        }
        return false;
    }
}
