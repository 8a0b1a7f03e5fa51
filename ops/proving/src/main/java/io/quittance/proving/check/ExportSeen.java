package io.quittance.proving.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quittance.proving.history.Digest;
import io.quittance.proving.history.SystemObject;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An exported document.
 *
 * @param createdAt when writing it began, in milliseconds since 1970, by the executor's clock
 * @param records digests of its records, by dataset
 */
record ExportSeen(String requestId, String system, long createdAt, String sha256, Map<String, List<String>> records) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The document in the object; empty if it is none. */
    static Optional<ExportSeen> read(SystemObject object) {
        try {
            JsonNode document = JSON.readTree(String.valueOf(object.text()));
            Map<String, List<String>> records = new LinkedHashMap<>();
            for (JsonNode dataset : document.path("datasets")) {
                List<String> digests = new ArrayList<>();
                dataset.path("records").forEach(entry -> digests.add(digest(entry)));
                records.put(dataset.path("name").asText(), digests);
            }
            return Optional.of(new ExportSeen(
                    document.path("request_id").asText(),
                    document.path("system").asText(),
                    Instant.parse(document.path("created_at").asText()).toEpochMilli(),
                    object.sha256(),
                    records));
        } catch (JsonProcessingException | DateTimeParseException notOne) {
            return Optional.empty();
        }
    }

    /** Of a row, or of an object that says its own name and hash. */
    private static String digest(JsonNode entry) {
        if (entry.has("sha256") && entry.has("name") && entry.has("metadata")) {
            return Digest.ofObject(
                    entry.path("name").asText(), entry.path("sha256").asText());
        }
        Map<String, @Nullable String> columns = new HashMap<>();
        entry.fields()
                .forEachRemaining(field -> columns.put(
                        field.getKey(),
                        field.getValue().isNull() ? null : field.getValue().asText()));
        return Digest.ofRow(columns);
    }
}
