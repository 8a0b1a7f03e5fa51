package io.quittance.executor.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.google.common.hash.Hashing;
import com.google.common.hash.HashingInputStream;
import com.google.common.io.CountingInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Describes a document that is there already, without keeping any of it in memory. */
final class DocumentReader {
    /** Columns of JSON are written as they are, and a database allows more levels than the parser's 1,000. */
    private static final int DEEPEST = 100_000;

    /** Numbers and names in them may be as long as a column of PostgreSQL. */
    private static final int LONGEST = 1 << 30;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(LONGEST)
                    .maxNameLength(LONGEST)
                    .maxStringLength(LONGEST)
                    .build())
            .build();

    private DocumentReader() {}

    /**
     * Reads to the end.
     *
     * @throws JsonParseException when it is no document of {@link StoredDocument}'s form
     */
    static StoredDocument read(String uri, InputStream bytes) throws IOException {
        HashingInputStream hashed = new HashingInputStream(Hashing.sha256(), bytes);
        CountingInputStream counted = new CountingInputStream(hashed);
        Map<String, Long> records = count(counted);
        return StoredDocument.of(uri, hashed.hash().toString(), counted.getCount(), records);
    }

    private static Map<String, Long> count(InputStream bytes) throws IOException {
        Map<String, Long> records = new HashMap<>();
        try (JsonParser json = JSON.createParser(bytes)) {
            expect(json, json.nextToken(), JsonToken.START_OBJECT);
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean datasets = json.currentName().equals("datasets");
                json.nextToken();
                if (datasets) {
                    countDatasets(json, records);
                } else {
                    json.skipChildren();
                }
            }
            expect(json, json.currentToken(), JsonToken.END_OBJECT);
            if (json.nextToken() != null) {
                throw new JsonParseException(json, "more than one value");
            }
        }
        return records;
    }

    private static void countDatasets(JsonParser json, Map<String, Long> records) throws IOException {
        expect(json, json.currentToken(), JsonToken.START_ARRAY);
        while (json.nextToken() == JsonToken.START_OBJECT) {
            countDataset(json, records);
        }
        expect(json, json.currentToken(), JsonToken.END_ARRAY);
    }

    private static void countDataset(JsonParser json, Map<String, Long> records) throws IOException {
        String name = "";
        @Nullable Long count = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            if (field.equals("name")) {
                name = json.getText();
            } else if (field.equals("records")) {
                count = countRecords(json);
            } else {
                json.skipChildren();
            }
        }
        if (count != null) {
            records.put(name, count);
        }
    }

    private static long countRecords(JsonParser json) throws IOException {
        expect(json, json.currentToken(), JsonToken.START_ARRAY);
        long count = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            json.skipChildren();
            count++;
        }
        return count;
    }

    private static void expect(JsonParser json, JsonToken found, JsonToken expected) throws IOException {
        if (found != expected) {
            throw new JsonParseException(json, "no exported document");
        }
    }
}
