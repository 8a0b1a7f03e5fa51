package io.quittance.streams.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.io.IOException;
import java.util.List;

/**
 * What stays the same while a request moves on is most of a row: what was asked, how it was judged, what is planned. It
 * is written as bytes within the row, and those are kept for as long as the object is, so that a row with a new step
 * costs the step. The objects are immutable, so the same object is the same bytes.
 */
final class Unchanging {
    private final ObjectMapper plain;
    private final Cache<Object, byte[]> written;

    /** @param plain writes and reads the objects themselves */
    private Unchanging(ObjectMapper plain) {
        this.plain = plain;
        // Weak keys are compared by identity.
        this.written = CacheBuilder.newBuilder().concurrencyLevel(1).weakKeys().build();
    }

    /** @param plain writes and reads the objects themselves */
    static SimpleModule module(ObjectMapper plain, List<Class<?>> types) {
        var unchanging = new Unchanging(plain);
        var module = new SimpleModule("unchanging");
        types.forEach(type -> unchanging.addTo(module, type));
        return module;
    }

    private <T> void addTo(SimpleModule module, Class<T> type) {
        module.addSerializer(type, new Writer<>(type));
        module.addDeserializer(type, new Reader<>(type));
    }

    private byte[] bytes(Object value) throws IOException {
        byte[] known = written.getIfPresent(value);
        if (known != null) {
            return known;
        }
        byte[] bytes = plain.writeValueAsBytes(value);
        written.put(value, bytes);
        return bytes;
    }

    private final class Writer<T> extends StdSerializer<T> {
        private static final long serialVersionUID = 1L;

        Writer(Class<T> type) {
            super(type);
        }

        @Override
        public void serialize(T value, JsonGenerator row, SerializerProvider provider) throws IOException {
            row.writeBinary(bytes(value));
        }
    }

    /** Rows of earlier versions have the object itself where bytes are now. */
    private final class Reader<T> extends StdDeserializer<T> {
        private static final long serialVersionUID = 1L;
        private final Class<T> type;

        Reader(Class<T> type) {
            super(type);
            this.type = type;
        }

        @Override
        public T deserialize(JsonParser row, DeserializationContext context) throws IOException {
            if (row.currentToken() != JsonToken.VALUE_EMBEDDED_OBJECT) {
                return plain.readValue(row, type);
            }
            byte[] bytes = row.getBinaryValue();
            T value = plain.readValue(bytes, type);
            written.put(value, bytes);
            return value;
        }
    }
}
