package io.quittance.streams.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** The secret a caller has to present. */
public final class BearerToken {
    private static final String SCHEME = "Bearer ";

    private final byte[] expected;
    private final String header;

    private BearerToken(String token) {
        this.header = SCHEME + token;
        this.expected = header.getBytes(UTF_8);
    }

    /**
     * Reads the token; surrounding white space does not count.
     *
     * @throws IllegalArgumentException if the file cannot be read, or holds nothing
     */
    public static BearerToken in(Path file) {
        try {
            String token = Files.readString(file).strip();
            if (token.isEmpty()) {
                throw new IllegalArgumentException(
                        "http.token.file: " + file + " is empty; put a long random token there.");
            }
            return new BearerToken(token);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(
                    "http.token.file: " + file + " cannot be read; check the path and that this user may read it.",
                    unreadable);
        }
    }

    /** Takes the same time whatever is wrong with what was presented. */
    boolean isIn(@Nullable String authorization) {
        return authorization != null && MessageDigest.isEqual(expected, authorization.getBytes(UTF_8));
    }

    /** What another instance wants to see. */
    String header() {
        return header;
    }

    @Override
    public String toString() {
        return "BearerToken[redacted]";
    }
}
