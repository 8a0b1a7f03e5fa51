package io.quittance.proving.ground;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Finds PostgreSQL's answer to COMMIT in what a server sends, however it is cut into pieces: messages of a type, a
 * length of four bytes that counts itself, and a body.
 */
final class CommitScanner {
    private static final byte[] COMMITTED = "COMMIT\0".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER = 5;
    private static final int LENGTH_OF_LENGTH = 4;

    private final byte[] header = new byte[HEADER];
    private final byte[] tag = new byte[COMMITTED.length];
    private boolean beforeFirstMessage = true;
    private int headerRead;
    private int bodyLength;
    private int bodyRead;

    /** Takes what was read; returns whether a COMMIT was answered in it. */
    boolean sees(byte[] bytes, int count) {
        boolean seen = false;
        for (int i = 0; i < count; i++) {
            seen |= take(bytes[i]);
        }
        return seen;
    }

    private boolean take(byte next) {
        if (beforeFirstMessage) {
            beforeFirstMessage = false;
            // The answer to a wish for encryption is a lone letter.
            if (next == 'N') {
                return false;
            }
        }
        if (headerRead < HEADER) {
            header[headerRead++] = next;
            if (headerRead == HEADER) {
                bodyLength = length() - LENGTH_OF_LENGTH;
                bodyRead = 0;
            }
        } else {
            if (bodyRead < tag.length) {
                tag[bodyRead] = next;
            }
            bodyRead++;
        }
        return headerRead == HEADER && bodyRead == bodyLength && endMessage();
    }

    private boolean endMessage() {
        headerRead = 0;
        return header[0] == 'C' && bodyLength == COMMITTED.length && Arrays.equals(tag, COMMITTED);
    }

    private int length() {
        return (header[1] & 0xff) << 24 | (header[2] & 0xff) << 16 | (header[3] & 0xff) << 8 | header[4] & 0xff;
    }
}
