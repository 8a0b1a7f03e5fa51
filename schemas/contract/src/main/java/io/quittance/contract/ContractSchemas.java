package io.quittance.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.specific.SpecificData;

/**
 * The schemas of all topics as any language may read them: complete, and without the hints that are for Java alone. The
 * jar carries each as {@code avro/<record>.avsc}, and it is these that {@link ContractSerdes} look for in the registry.
 */
public final class ContractSchemas {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ContractSchemas() {}

    /** What the registry files the schema of a topic's values under. */
    public static String subject(String topic) {
        return topic + "-value";
    }

    /** Schemas of all topics' values, by the name of their record. */
    public static Map<String, Schema> all() {
        Map<String, Schema> schemas = new TreeMap<>();
        for (TopicSpec spec : TopicCatalogue.all()) {
            Schema schema = of(spec);
            schemas.put(schema.getName(), schema);
        }
        return schemas;
    }

    /** Schema of a topic's values; to the letter the one that a writer registers, or looks up, under its subject. */
    public static Schema of(TopicSpec spec) {
        String forJava = SpecificData.get().getSchema(spec.value()).toString();
        try {
            return new Schema.Parser()
                    .parse(withoutJavaHints(JSON.readTree(forJava)).toString());
        } catch (JsonProcessingException notJson) {
            throw new UncheckedIOException(notJson);
        }
    }

    /** Writes one {@code .avsc} file per topic. The build does so; the one argument is the folder. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        for (Map.Entry<String, Schema> schema : all().entrySet()) {
            Files.writeString(
                    folder.resolve(schema.getKey() + ".avsc"), schema.getValue().toString(true) + "\n");
        }
    }

    /** What is left of {@code {"type": "string", "avro.java.string": "String"}} is plain {@code "string"}. */
    private static JsonNode withoutJavaHints(JsonNode schema) {
        if (schema instanceof ArrayNode array) {
            ArrayNode cleaned = JSON.createArrayNode();
            array.forEach(element -> cleaned.add(withoutJavaHints(element)));
            return cleaned;
        }
        if (!(schema instanceof ObjectNode object)) {
            return schema;
        }
        ObjectNode cleaned = JSON.createObjectNode();
        object.properties().forEach(property -> cleaned.set(property.getKey(), withoutJavaHints(property.getValue())));
        boolean hinted = cleaned.remove(GenericData.STRING_PROP) != null;
        return hinted && cleaned.size() == 1
                ? TextNode.valueOf(cleaned.get("type").textValue())
                : cleaned;
    }
}
