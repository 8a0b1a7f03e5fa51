package io.quittance.streams.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * Records of the contract as plain JSON: names as in the schemas and in their order, times as ISO-8601 in UTC, bytes as
 * Base64, and the value of a union without its type.
 */
public final class AvroJson {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private AvroJson() {}

    public static ObjectNode of(IndexedRecord value) {
        ObjectNode json = NODES.objectNode();
        for (Schema.Field field : value.getSchema().getFields()) {
            json.set(field.name(), node(value.get(field.pos())));
        }
        return json;
    }

    private static JsonNode node(@Nullable Object value) {
        if (value == null) {
            return NODES.nullNode();
        }
        if (value instanceof IndexedRecord nested) {
            return of(nested);
        }
        if (value instanceof List<?> list) {
            ArrayNode array = NODES.arrayNode();
            list.forEach(element -> array.add(node(element)));
            return array;
        }
        if (value instanceof Map<?, ?> map) {
            return object(map);
        }
        if (value instanceof Boolean flag) {
            return NODES.booleanNode(flag);
        }
        if (value instanceof Integer number) {
            return NODES.numberNode(number);
        }
        if (value instanceof Long number) {
            return NODES.numberNode(number);
        }
        if (value instanceof ByteBuffer bytes) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            return NODES.binaryNode(copy);
        }
        // Strings, enums and instants are their own best text.
        return NODES.textNode(value.toString());
    }

    private static ObjectNode object(Map<?, ?> map) {
        Map<String, JsonNode> sorted = new TreeMap<>();
        map.forEach((key, value) -> sorted.put(String.valueOf(key), node(value)));
        ObjectNode json = NODES.objectNode();
        sorted.forEach(json::set);
        return json;
    }
}
