package io.quittance.executor.export;

import io.quittance.schema.DatasetOutcome;
import io.quittance.schema.Disposition;
import io.quittance.schema.ExportedDocument;
import io.quittance.schema.Task;
import java.util.List;
import java.util.Map;

/**
 * A document that can be read: {@code {"datasets": [{"name": "…", "records": [ … ]}], …}}.
 *
 * @param description where it is, the SHA-256 of its bytes, its length in bytes and its records
 * @param records how many records it holds, by dataset; nothing of a dataset that it leaves out
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

    /**
     * What it tells of a task whose worker was stopped before it could report: one outcome for every dataset, in the
     * task's order. A dataset that it leaves out has none of its records in it.
     */
    public List<DatasetOutcome> outcomes(Task task) {
        return task.getDatasets().stream()
                .map(dataset -> outcome(dataset.getName()))
                .toList();
    }

    private DatasetOutcome outcome(String dataset) {
        long held = records(dataset);
        boolean isEmpty = held == 0 && records.containsKey(dataset);
        return DatasetOutcome.newBuilder()
                .setDataset(dataset)
                .setDisposition(isEmpty ? Disposition.NOT_FOUND : Disposition.EXPORTED)
                .setMatched(held)
                .setAffected(held)
                .setDocument(held == 0 ? null : description)
                .build();
    }
}
