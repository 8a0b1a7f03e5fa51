package io.quittance.contract;

import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.SystemLimitException;

/**
 * How much Avro's decoder makes room for because bytes say so. It trusts a length that it reads; without a limit a few
 * damaged bytes ask for two gigabytes, and the reader dies of them again and again.
 */
final class DecoderLimits {
    /** Longest string or bytes, in bytes; more than any record may hold. */
    private static final int LONGEST = 16 * 1024 * 1024;

    private static final int MOST_ITEMS = 1024 * 1024;

    private static final Map<String, Integer> LIMITS = Map.of(
            SystemLimitException.MAX_STRING_LENGTH_PROPERTY, LONGEST,
            SystemLimitException.MAX_BYTES_LENGTH_PROPERTY, LONGEST,
            SystemLimitException.MAX_COLLECTION_LENGTH_PROPERTY, MOST_ITEMS);

    private DecoderLimits() {}

    /**
     * Avro reads its limits once, from system properties, when its decoder is first used. What an operator has set
     * stays, and nothing is left set for other copies of Avro in this process.
     */
    static void establish() {
        Map<String, String> absent = new TreeMap<>();
        LIMITS.forEach((property, limit) -> {
            if (System.getProperty(property) == null) {
                absent.put(property, limit.toString());
            }
        });
        absent.forEach(System::setProperty);
        SystemLimitException.checkMaxStringLength(0);
        absent.keySet().forEach(System::clearProperty);
    }
}
