package io.quittance.contract;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * Writes values whose schema the registry has given an id: that id, then the value in Avro, and nothing is looked up.
 * The registry's own serializer compares schemas for each value, which costs as much as writing it.
 *
 * <p>Safe for use by several threads, as the serializer of the registry is.
 */
final class KnownSchema<T extends SpecificRecord> {
    /** A zero byte and a schema id of four: Confluent's wire format. */
    private static final int HEADER_BYTES = 5;

    private static final byte MAGIC = 0;

    private final byte[] header;
    private final SpecificDatumWriter<T> writer;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    /** Taken up again only when it holds nothing: what is left in it of one value, it writes before the next. */
    private @Nullable BinaryEncoder emptyEncoder;

    private KnownSchema(byte[] header, SpecificDatumWriter<T> writer) {
        this.header = header;
        this.writer = writer;
    }

    /**
     * Learns the id from what the registry's own serializer made of a value.
     *
     * @return null if the same value does not come out as the same bytes here: then something else is at work there, a
     *     rule of the registry's or another wire format, and must go on being so
     */
    static <T extends SpecificRecord> @Nullable KnownSchema<T> learn(T value, byte[] written) {
        if (written.length < HEADER_BYTES || written[0] != MAGIC) {
            return null;
        }
        byte[] header = Arrays.copyOf(written, HEADER_BYTES);
        var known = new KnownSchema<T>(header, new SpecificDatumWriter<>(value.getSchema()));
        return Arrays.equals(known.write(value), written) ? known : null;
    }

    /** @throws SerializationException if the value does not fit its schema; the message holds nothing of it */
    synchronized byte[] write(T value) {
        bytes.reset();
        bytes.writeBytes(header);
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, emptyEncoder);
        emptyEncoder = null;
        try {
            writer.write(value, encoder);
            encoder.flush();
        } catch (IOException | RuntimeException unfit) {
            throw new SerializationException("A " + value.getSchema().getName() + " does not fit its schema.", unfit);
        }
        emptyEncoder = encoder;
        return bytes.toByteArray();
    }
}
