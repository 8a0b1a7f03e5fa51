package io.quittance.streams.codec;

import io.quittance.schema.DeadLetter;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Records that nobody could act on, for people to look at. */
final class DeadLetterMapping {
    private static final int MAX_KEY = 1024;
    private static final int MAX_VALUE = 64 * 1024;

    private DeadLetterMapping() {}

    static DeadLetter deadLetter(Arrival arrival, String code, String detail, Instant at, boolean payload) {
        byte[] value = arrival.value();
        return DeadLetter.newBuilder()
                .setCode(code)
                .setDetail(detail)
                .setTopic(arrival.topic())
                .setPartition(arrival.partition())
                .setOffset(arrival.offset())
                .setTimestamp(arrival.timestamp())
                .setKey(payload ? beginning(arrival.key(), MAX_KEY) : null)
                .setValue(payload ? beginning(value, MAX_VALUE) : null)
                .setValueBytes(value == null ? 0 : value.length)
                .setValueSha256(value == null ? null : sha256(value))
                .setComponent("streams-app")
                .setAt(at)
                .build();
    }

    private static @Nullable ByteBuffer beginning(byte @Nullable [] bytes, int longest) {
        return bytes == null ? null : ByteBuffer.wrap(bytes.length <= longest ? bytes : Arrays.copyOf(bytes, longest));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
