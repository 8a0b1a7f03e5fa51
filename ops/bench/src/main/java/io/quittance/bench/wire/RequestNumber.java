package io.quittance.bench.wire;

/**
 * Requests are numbered; their names, and those of their subjects, end in ten digits. Every request has a subject of
 * its own.
 */
public final class RequestNumber {
    static final String REQUEST = "request-";
    static final String SUBJECT = "subject-";
    private static final int DIGITS = 10;

    private RequestNumber() {}

    /** Of the subject, as records are keyed by it. */
    public static byte[] subjectKey(int number) {
        return name(SUBJECT, number);
    }

    /** As every name of it ends. */
    public static byte[] digits(int number) {
        return name("", number);
    }

    /** Ten digits after a prefix, in ASCII; not by a formatter, for there are a dozen of them to each request. */
    static byte[] name(String prefix, int number) {
        byte[] name = new byte[prefix.length() + DIGITS];
        for (int i = 0; i < prefix.length(); i++) {
            name[i] = (byte) prefix.charAt(i);
        }
        int rest = number;
        for (int i = name.length - 1; i >= prefix.length(); i--) {
            name[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return name;
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
