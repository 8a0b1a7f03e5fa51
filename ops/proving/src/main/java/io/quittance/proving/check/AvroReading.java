package io.quittance.proving.check;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/** Reads values in the registry's wire format by the schema they were written with, and by no class of the contract. */
final class AvroReading {
    private static final int HEAD = 5;

    private final Map<Integer, GenericDatumReader<GenericRecord>> readers = new HashMap<>();

    /** @param schemas texts by the registry's id */
    AvroReading(Map<Integer, String> schemas) {
        schemas.forEach((id, text) -> {
            Schema schema = new Schema.Parser().parse(text);
            if (schema.getType() == Schema.Type.RECORD) {
                readers.put(id, new GenericDatumReader<>(schema));
            }
        });
    }

    /** The record in the bytes; empty if they are none. */
    Optional<Fields> read(byte[] value) {
        if (value.length < HEAD || value[0] != 0) {
            return Optional.empty();
        }
        GenericDatumReader<GenericRecord> reader =
                readers.get(ByteBuffer.wrap(value).getInt(1));
        if (reader == null) {
            return Optional.empty();
        }
        try {
            BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(value, HEAD, value.length - HEAD, null);
            return Optional.of(new Fields(reader.read(null, decoder)));
        } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException | NegativeArraySizeException notOne) {
            return Optional.empty();
        }
    }

    /** Fields of a record, by name, as plain Java. */
    record Fields(GenericRecord fields) {

        /** Name of the record's type, without its namespace. */
        String type() {
            return fields.getSchema().getName();
        }

        boolean has(String name) {
            return fields.getSchema().getField(name) != null && fields.get(name) != null;
        }

        String text(String name) {
            return String.valueOf(fields.get(name));
        }

        @Nullable
        String optionalText(String name) {
            return has(name) ? text(name) : null;
        }

        long number(String name) {
            return ((Number) fields.get(name)).longValue();
        }

        @Nullable
        Long optionalNumber(String name) {
            return has(name) ? Long.valueOf(number(name)) : null;
        }

        boolean flag(String name) {
            return (Boolean) fields.get(name);
        }

        Fields inner(String name) {
            return new Fields((GenericRecord) fields.get(name));
        }

        Optional<Fields> optionalInner(String name) {
            return has(name) && fields.get(name) instanceof GenericRecord inner
                    ? Optional.of(new Fields(inner))
                    : Optional.empty();
        }

        List<Fields> list(String name) {
            return ((List<?>) fields.get(name))
                    .stream().map(item -> new Fields((GenericRecord) item)).toList();
        }

        List<String> texts(String name) {
            return ((List<?>) fields.get(name)).stream().map(String::valueOf).toList();
        }
    }
}
