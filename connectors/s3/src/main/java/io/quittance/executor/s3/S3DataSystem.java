package io.quittance.executor.s3;

import io.quittance.executor.DataSystem;
import io.quittance.executor.TaskFailure;
import io.quittance.executor.Work;
import io.quittance.executor.export.ExportStore;
import io.quittance.schema.DatasetOutcome;
import io.quittance.schema.Task;
import java.time.Clock;
import java.util.List;
import software.amazon.awssdk.services.s3.S3Client;

/** An object store that speaks S3, and a person's objects in it. */
final class S3DataSystem implements DataSystem {
    private final S3Client client;
    private final ExportStore exports;
    private final Erasure erasure;
    private final ObjectExport export;

    /** Takes over the client and the export store, and closes them. */
    S3DataSystem(S3Client client, ExportStore exports, Receipts receipts, int pageSize, int textBytes, Clock clock) {
        ObjectListing listing = new ObjectListing(client, pageSize);
        this.client = client;
        this.exports = exports;
        this.erasure = new Erasure(client, listing, receipts, clock);
        this.export = new ObjectExport(new ObjectWriter(client, textBytes), listing, exports, receipts, clock);
    }

    @Override
    public List<DatasetOutcome> execute(Work work) throws TaskFailure, InterruptedException {
        return switch (work.task().getAction()) {
            case ACCESS, EXPORT -> export.carryOut(work);
            case DELETE, ANONYMIZE -> erasure.carryOut(work);
            case UNKNOWN -> throw TaskFailure.refused("UNKNOWN_ACTION", "This executor does not know the action.");
        };
    }

    @Override
    public List<DatasetOutcome> earlierOutcomes(Task task) throws TaskFailure, InterruptedException {
        return switch (task.getAction()) {
            case ACCESS, EXPORT -> export.earlier(task);
            case DELETE, ANONYMIZE -> erasure.earlier(task);
            case UNKNOWN -> List.of();
        };
    }

    @Override
    public void close() {
        try {
            exports.close();
        } finally {
            client.close();
        }
    }
}
