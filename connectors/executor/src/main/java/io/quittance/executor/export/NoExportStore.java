package io.quittance.executor.export;

import io.quittance.executor.GrantGuard;
import io.quittance.executor.TaskFailure;
import java.util.Optional;

/** Stands in where no bucket is configured: refuses every document before its writer has read anything. */
final class NoExportStore implements ExportStore {
    @Override
    public <X extends Exception> StoredDocument write(String key, DocumentWriter<X> writer, GrantGuard guard)
            throws TaskFailure {
        throw TaskFailure.failed(
                "EXPORT_NOT_CONFIGURED", "The executor has nowhere to write documents to: set export.bucket.");
    }

    @Override
    public Optional<StoredDocument> find(String key) {
        return Optional.empty();
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
