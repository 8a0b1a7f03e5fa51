package io.quittance.streams.codec;

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

    @Override
    public String toString() {
        return policy + SEPARATOR + version;
    }
}
