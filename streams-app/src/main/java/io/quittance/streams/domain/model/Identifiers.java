package io.quittance.streams.domain.model;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What finds the person in a system. Personal data: carried from request to task, never printed. */
public record Identifiers(
        Map<String, String> plain, @Nullable SealedIdentifiers sealed) {
    public Identifiers {
        plain = Collections.unmodifiableSortedMap(new TreeMap<>(plain));
    }

    /** Size in bytes, as far as it grows with what the publisher sent. */
    public long size() {
        long sealedSize = sealed == null
                ? 0
                : utf8(sealed.keyId())
                        + utf8(sealed.algorithm())
                        + sealed.ciphertext().length();
        return plain.entrySet().stream()
                .mapToLong(entry -> utf8(entry.getKey()) + utf8(entry.getValue()))
                .reduce(sealedSize, Long::sum);
    }

    private static long utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    @Override
    public String toString() {
        return "Identifiers[redacted]";
    }
}
