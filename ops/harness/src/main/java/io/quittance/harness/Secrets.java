package io.quittance.harness;

import java.security.SecureRandom;
import java.util.Base64;

/** Passwords nobody has to remember: made for one run, told to whom they concern. */
final class Secrets {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 18;

    private Secrets() {}

    /** 24 characters of letters, digits, '-' and '_'. */
    static String generate() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
