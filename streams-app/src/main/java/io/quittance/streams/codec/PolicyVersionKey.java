package io.quittance.streams.codec;

import java.util.Optional;

/**
 * Key under which the topic of policies keeps one version for good, beside the one in force: {@code name@version}. No
 * policy's name holds an '@', so the two kinds of keys cannot be taken for each other.
 */
public record PolicyVersionKey(String policy, int version) {

    private static final char SEPARATOR = '@';

    /** Whether a record with this key is history, and never in force. */
    public static boolean is(String key) {
        return key.indexOf(SEPARATOR) >= 0;
    }

    /** The key in its parts; nothing if it is of no version. */
    public static Optional<PolicyVersionKey> of(String key) {
        int separator = key.lastIndexOf(SEPARATOR);
        if (separator < 0) {
            return Optional.empty();
        }
        try {
            int version = Integer.parseInt(key.substring(separator + 1));
            return Optional.of(new PolicyVersionKey(key.substring(0, separator), version));
        } catch (NumberFormatException noVersion) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return policy + SEPARATOR + version;
    }
}
