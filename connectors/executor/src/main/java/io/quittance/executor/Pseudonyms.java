package io.quittance.executor;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;

/** Where PSEUDONYMIZE gets its keyed hash from. Thread-safe. */
@FunctionalInterface
public interface Pseudonyms {
    /** The value's pseudonym: hexadecimal, equal for equal values in one system. */
    String of(String value) throws TaskFailure;

    /** HMAC-SHA-256 under a key. The system is hashed with the value: two systems' pseudonyms cannot be joined. */
    static Pseudonyms keyed(byte[] key, String system) {
        HashFunction hmac = Hashing.hmacSha256(key);
        return value -> hmac.newHasher()
                .putString(system, StandardCharsets.UTF_8)
                .putByte((byte) 0)
                .putString(value, StandardCharsets.UTF_8)
                .hash()
                .toString();
    }

    /** For an executor without a key: fails closed, and only when a pseudonym is needed. */
    static Pseudonyms withoutKey() {
        return value -> {
            throw TaskFailure.failed(
                    "NO_PSEUDONYM_KEY",
                    "The plan asks for pseudonyms and this executor has no key: set pseudonym.key.file.");
        };
    }
}
