package io.quittance.bench.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A serialized record with gaps where strings stood that differ from record to record. */
final class Template {
    private final List<byte[]> pieces;

    private Template(List<byte[]> pieces) {
        this.pieces = pieces;
    }

    /** @param placeholders in the order in which they stand in the record, each once, each less than 64 bytes long */
    static Template of(byte[] record, String... placeholders) {
        var pieces = new ArrayList<byte[]>();
        int from = 0;
        for (String placeholder : placeholders) {
            byte[] wanted = placeholder.getBytes(StandardCharsets.UTF_8);
            int at = indexOf(record, wanted, from);
            // Without its length, one byte for so short a string.
            pieces.add(Arrays.copyOfRange(record, from, at - 1));
            from = at + wanted.length;
        }
        pieces.add(Arrays.copyOfRange(record, from, record.length));
        return new Template(pieces);
    }

    /** The same without the first bytes after a gap: what stood there comes with the gap. */
    Template without(int gap, int bytes) {
        var changed = new ArrayList<>(pieces);
        byte[] piece = changed.get(gap + 1);
        changed.set(gap + 1, Arrays.copyOfRange(piece, bytes, piece.length));
        return new Template(changed);
    }

    /** @param gaps Avro strings with their length, or several in a row where the placeholders follow each other */
    byte[] fill(byte[]... gaps) {
        int size = 0;
        for (byte[] piece : pieces) {
            size += piece.length;
        }
        for (byte[] gap : gaps) {
            size += gap.length;
        }
        byte[] record = new byte[size];
        int position = 0;
        for (int i = 0; i < pieces.size(); i++) {
            position = append(pieces.get(i), record, position);
            if (i < gaps.length) {
                position = append(gaps[i], record, position);
            }
        }
        return record;
    }

    /** As Avro writes it, of up to 63 bytes: length, then text. */
    static byte[] string(byte[] text) {
        if (text.length >= 64) {
            throw new IllegalArgumentException("a name is too long: its length must be one byte");
        }
        byte[] withLength = new byte[text.length + 1];
        withLength[0] = (byte) (text.length << 1);
        System.arraycopy(text, 0, withLength, 1, text.length);
        return withLength;
    }

    private static int append(byte[] part, byte[] target, int position) {
        System.arraycopy(part, 0, target, position, part.length);
        return position + part.length;
    }

    private static int indexOf(byte[] record, byte[] wanted, int from) {
        for (int at = from; at + wanted.length <= record.length; at++) {
            if (Arrays.equals(record, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
        }
        throw new IllegalArgumentException("a placeholder is not in the record");
    }
}
