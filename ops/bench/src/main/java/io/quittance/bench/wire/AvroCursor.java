package io.quittance.bench.wire;

import java.util.Arrays;
import org.apache.avro.Schema;

/** Walks over one record in Avro's binary form. */
final class AvroCursor {
    /** Confluent's: a zero and the schema's number. */
    static final int HEADER = 5;

    private final byte[] bytes;
    private int position;

    AvroCursor(byte[] value) {
        bytes = value;
        position = HEADER;
    }

    int position() {
        return position;
    }

    long readLong() {
        long raw = 0;
        int shift = 0;
        byte next;
        do {
            next = bytes[position++];
            raw |= (next & 0x7FL) << shift;
            shift += 7;
        } while (next < 0);
        return (raw >>> 1) ^ -(raw & 1);
    }

    boolean readBoolean() {
        return bytes[position++] != 0;
    }

    void skip(Schema schema) {
        switch (schema.getType()) {
            case RECORD -> schema.getFields().forEach(field -> skip(field.schema()));
            case STRING, BYTES -> skipBytes();
            case ENUM, INT, LONG -> readLong();
            case BOOLEAN -> position++;
            case FLOAT -> position += Float.BYTES;
            case DOUBLE -> position += Double.BYTES;
            case FIXED -> position += schema.getFixedSize();
            case UNION -> skip(schema.getTypes().get((int) readLong()));
            case ARRAY -> skipBlocks(() -> skip(schema.getElementType()));
            case MAP ->
                skipBlocks(() -> {
                    position += (int) readLong();
                    skip(schema.getValueType());
                });
            case NULL -> {}
        }
    }

    /** Not in one statement: {@code position +=} would take it from before the length was read. */
    private void skipBytes() {
        int length = (int) readLong();
        position += length;
    }

    private void skipBlocks(Runnable element) {
        for (long count = readLong(); count != 0; count = readLong()) {
            if (count < 0) {
                readLong();
            }
            for (long i = Math.abs(count); i > 0; i--) {
                element.run();
            }
        }
    }

    byte[] since(int from) {
        return Arrays.copyOfRange(bytes, from, position);
    }
}
