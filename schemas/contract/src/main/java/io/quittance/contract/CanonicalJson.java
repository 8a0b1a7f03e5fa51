package io.quittance.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericEnumSymbol;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * Avro values as JSON in the one form that RFC 8785 gives them, so that whoever holds the same values gets the same
 * bytes. Field names are the schema's, times are milliseconds, bytes are base64url without padding (RFC 4648, 5), and a
 * field that is null is left out: a nullable field that a later schema adds changes nothing until it is used.
 */
final class CanonicalJson {
    /** A map is written in the order of its keys' UTF-16 code units, as String compares them and RFC 8785 wants. */
    private static final ObjectWriter WRITER = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
            .build()
            .writer();

    private CanonicalJson() {}

    /** @param plain as {@link #plain} gives it */
    static String write(Object plain) {
        try {
            return WRITER.writeValueAsString(plain);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("maps, lists, texts and whole numbers can be written", impossible);
        }
    }

    /** The record's fields, those that are null left out. */
    static Map<String, Object> members(IndexedRecord record) {
        Map<String, Object> members = new TreeMap<>();
        for (Schema.Field field : record.getSchema().getFields()) {
            @Nullable Object value = record.get(field.pos());
            if (value != null) {
                members.put(field.name(), plain(value));
            }
        }
        return members;
    }

    /**
     * The value made of maps, lists, texts, booleans and whole numbers.
     *
     * @throws IllegalArgumentException for a fraction: RFC 8785 has rules for those that the contract does not need
     */
    static Object plain(Object value) {
        if (value instanceof IndexedRecord record) {
            return members(record);
        } else if (value instanceof Map<?, ?> entries) {
            Map<String, Object> members = new TreeMap<>();
            entries.forEach((key, entry) -> members.put(Objects.toString(key), plain(Objects.requireNonNull(entry))));
            return members;
        } else if (value instanceof List<?> elements) {
            return elements.stream()
                    .map(element -> plain(Objects.requireNonNull(element)))
                    .toList();
        } else if (value instanceof Instant time) {
            return time.toEpochMilli();
        } else if (value instanceof ByteBuffer bytes) {
            return base64(bytes);
        } else if (value instanceof CharSequence || value instanceof Enum || value instanceof GenericEnumSymbol) {
            return value.toString();
        } else if (value instanceof Integer || value instanceof Long || value instanceof Boolean) {
            return value;
        }
        throw new IllegalArgumentException("no canonical form for a " + value.getClass());
    }

    private static String base64(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(copy);
    }
}
