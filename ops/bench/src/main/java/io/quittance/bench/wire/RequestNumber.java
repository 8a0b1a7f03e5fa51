package io.quittance.bench.wire;

/**
 * Requests are numbered; their names, and those of their subjects, end in ten digits. Every request has a subject of
 * its own.
 */
public final class RequestNumber {
    private static final int DIGITS = 10;

    private RequestNumber() {}

    public static String requestId(int number) {
        return "request-%010d".formatted(number);
    }

    public static String subjectId(int number) {
        return "subject-%010d".formatted(number);
    }

    /** Of a record, by its key. */
    public static int of(byte[] key) {
        int number = 0;
        for (int i = key.length - DIGITS; i < key.length; i++) {
            number = number * 10 + (key[i] - '0');
        }
        return number;
    }
}
