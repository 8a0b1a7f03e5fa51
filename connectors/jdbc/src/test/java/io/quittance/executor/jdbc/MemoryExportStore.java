package io.quittance.executor.jdbc;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.hash.Hashing;
import io.quittance.executor.GrantGuard;
import io.quittance.executor.TaskFailure;
import io.quittance.executor.export.ExportStore;
import io.quittance.executor.export.StoredDocument;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An object store as far as an exporter can tell: a document is there once its guard has let it pass. */
final class MemoryExportStore implements ExportStore {
    private final Map<String, byte[]> documents = new HashMap<>();
    private final Map<String, StoredDocument> described = new HashMap<>();
    private final List<String> writes = new ArrayList<>();

    @Override
    public <X extends Exception> StoredDocument write(String key, DocumentWriter<X> writer, GrantGuard guard)
            throws TaskFailure, InterruptedException, X {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Map<String, Long> records;
        try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
            records = writer.writeTo(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        guard.ensureValid();
        if (!described.containsKey(key)) {
            writes.add(key);
            documents.put(key, bytes.toByteArray());
            described.put(
                    key,
                    StoredDocument.of(
                            "s3://memory/" + key,
                            Hashing.sha256().hashBytes(bytes.toByteArray()).toString(),
                            bytes.size(),
                            records));
        }
        return described.get(key);
    }

    @Override
    public Optional<StoredDocument> find(String key) {
        return Optional.ofNullable(described.get(key));
    }

    JsonNode onlyDocument() throws IOException {
        if (documents.size() != 1) {
            throw new AssertionError(documents.size() + " documents");
        }
        return new ObjectMapper().readTree(documents.values().iterator().next());
    }

    byte[] onlyBytes() {
        return documents.values().iterator().next();
    }

    List<String> writes() {
        return writes;
    }

    @Override
    public void close() {
        documents.clear();
    }
}
