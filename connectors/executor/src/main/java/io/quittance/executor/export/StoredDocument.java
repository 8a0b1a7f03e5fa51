package io.quittance.executor.export;

import io.quittance.schema.ExportedDocument;
import java.util.Map;

/**
 * A document that can be read: {@code {"datasets": [{"name": "…", "records": [ … ]}], …}}.
 *
 * @param description where it is, the SHA-256 of its bytes, its length in bytes and its records
 * @param records how many records it holds, by dataset
 */
public record StoredDocument(ExportedDocument description, Map<String, Long> records) {
    /** Of a document whose records have been counted. */
    public static StoredDocument of(String uri, String sha256, long length, Map<String, Long> records) {
        long total = records.values().stream().mapToLong(Long::longValue).sum();
        return new StoredDocument(new ExportedDocument(uri, sha256, length, total), Map.copyOf(records));
    }

    /** How many records of a dataset it holds. */
    public long records(String dataset) {
        return records.getOrDefault(dataset, 0L);
    }
}
