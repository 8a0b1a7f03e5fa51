package io.quittance.streams.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quittance.streams.domain.limit.Entry;
import io.quittance.streams.domain.limit.Start;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The limiter's rows: a byte of format version, then an entry or a start as Smile. Rows outlive versions of the
 * application: what {@link DocketCodec} says of changes holds here too.
 */
public final class LimitCodec {
    private static final byte FORMAT = 1;
    private static final byte ENTRY = 'e';
    private static final byte START = 's';

    private final ObjectMapper smile = DocketCodec.mapper();

    public static byte[] entryKey(String claimId) {
        byte[] id = claimId.getBytes(UTF_8);
        return ByteBuffer.allocate(1 + id.length).put(ENTRY).put(id).array();
    }

    public static byte[] startKey(long number) {
        return ByteBuffer.allocate(1 + Long.BYTES).put(START).putLong(number).array();
    }

    public static boolean isEntry(byte[] key) {
        return key[0] == ENTRY;
    }

    public byte[] write(Entry entry) {
        return row(entry);
    }

    public byte[] write(Start start) {
        return row(start);
    }

    /** @throws UnreadableRowException if the row was written by a later version, or is damaged */
    public Entry readEntry(byte[] row) {
        return read(row, Entry.class);
    }

    /** @throws UnreadableRowException if the row was written by a later version, or is damaged */
    public Start readStart(byte[] row) {
        return read(row, Start.class);
    }

    private byte[] row(Object value) {
        try {
            byte[] body = smile.writeValueAsBytes(value);
            return ByteBuffer.allocate(1 + body.length).put(FORMAT).put(body).array();
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a row cannot be written: " + impossible.getClass());
        }
    }

    private <T> T read(byte[] row, Class<T> type) {
        if (row.length == 0 || row[0] != FORMAT) {
            throw new UnreadableRowException(
                    "its format is " + (row.length == 0 ? "none" : row[0]) + ", this version reads " + FORMAT);
        }
        try {
            return smile.readValue(row, 1, row.length - 1, type);
        } catch (IOException unreadable) {
            // Jackson's message may quote the row.
            throw new UnreadableRowException("its body does not parse: " + unreadable.getClass());
        }
    }
}
