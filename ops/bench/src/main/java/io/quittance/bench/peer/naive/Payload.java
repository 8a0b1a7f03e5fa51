package io.quittance.bench.peer.naive;

import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * What the naive pipeline's records hold: the request's id, one number, and filling up to the size of the pipeline's
 * own records. There is nothing to decode, and zeros compress to next to nothing: both are in its favour.
 */
final class Payload {
    /** Sizes of the pipeline's records with four systems and short texts, in bytes. */
    static final int REQUEST = 320;

    static final int PROMPT = 600;
    static final int DECISION = 260;
    static final int TASK = 700;
    static final int COMPLETION = 280;
    static final int AUDIT = 1_600;

    private static final int NUMBER_AT = 16;

    private Payload() {}

    static byte[] of(UUID request, int number, int size) {
        return ByteBuffer.allocate(size)
                .putLong(request.getMostSignificantBits())
                .putLong(request.getLeastSignificantBits())
                .putInt(number)
                .array();
    }

    static UUID request(byte[] payload) {
        var buffer = ByteBuffer.wrap(payload);
        return new UUID(buffer.getLong(), buffer.getLong());
    }

    static int number(byte[] payload) {
        return ByteBuffer.wrap(payload).getInt(NUMBER_AT);
    }
}
