package io.quittance.executor.s3;

import com.fasterxml.jackson.core.JsonGenerator;
import io.quittance.executor.TaskFailure;
import io.quittance.executor.Work;
import io.quittance.executor.export.ExportKey;
import io.quittance.executor.export.ExportStore;
import io.quittance.executor.export.StoredDocument;
import io.quittance.executor.s3.Receipts.Overtaken;
import io.quittance.schema.DatasetOutcome;
import io.quittance.schema.Disposition;
import io.quittance.schema.Task;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Carries out an ACCESS or EXPORT: one document with the person's objects, content included. Thread-safe. */
final class ObjectExport {
    private final ObjectWriter objects;
    private final ObjectListing listing;
    private final ExportStore exports;
    private final Receipts receipts;
    private final Clock clock;

    ObjectExport(ObjectWriter objects, ObjectListing listing, ExportStore exports, Receipts receipts, Clock clock) {
        this.objects = objects;
        this.listing = listing;
        this.exports = exports;
        this.receipts = receipts;
        this.clock = clock;
    }

    /** One outcome for every dataset, in the task's order. */
    List<DatasetOutcome> carryOut(Work work) throws TaskFailure, InterruptedException {
        List<Part> parts = new ArrayList<>();
        for (ObjectSet set : ObjectSet.of(work)) {
            parts.add(new Part(set, Release.of(work, set.dataset())));
        }
        return receipts.settle(work.task(), slot -> carryOut(work, parts, slot));
    }

    private List<DatasetOutcome> carryOut(Work work, List<Part> parts, Receipts.Slot slot)
            throws Overtaken, TaskFailure, InterruptedException {
        Task task = work.task();
        Optional<List<DatasetOutcome>> earlier = slot.receipt().flatMap(receipt -> outcomes(task, receipt));
        if (earlier.isPresent()) {
            return orByDocument(task, earlier.get());
        }
        List<DatasetOutcome> outcomes = export(work, parts);
        slot.write(Receipt.done(task, outcomes, clock.instant()));
        return outcomes;
    }

    /** What was exported under the task's grant; nothing if there is neither a receipt nor a document. */
    List<DatasetOutcome> earlier(Task task) throws TaskFailure, InterruptedException {
        return orByDocument(
                task,
                receipts.find(task).flatMap(receipt -> outcomes(task, receipt)).orElse(List.of()));
    }

    private static Optional<List<DatasetOutcome>> outcomes(Task task, Receipt receipt) {
        return receipt.isDoneUnderGrantOf(task) ? Optional.of(receipt.outcomes(task)) : Optional.empty();
    }

    /**
     * A document that no receipt names must not lie there unknown to all: its worker was killed before it could write
     * one, or found that of another worker that saw no objects any more.
     */
    private List<DatasetOutcome> orByDocument(Task task, List<DatasetOutcome> byReceipt)
            throws TaskFailure, InterruptedException {
        if (byReceipt.stream().anyMatch(outcome -> outcome.getDocument() != null)) {
            return byReceipt;
        }
        return exports.find(ExportKey.document(task))
                .map(document -> document.outcomes(task))
                .orElse(byReceipt);
    }

    private List<DatasetOutcome> export(Work work, List<Part> parts) throws TaskFailure, InterruptedException {
        for (Part part : parts) {
            part.found = listing.countCurrent(part.set);
        }
        StoredDocument document = document(work, parts);
        List<DatasetOutcome> outcomes = new ArrayList<>();
        for (Part part : parts) {
            outcomes.add(part.outcome(document));
        }
        return outcomes;
    }

    /** None is written for nothing; but an attempt that was cut short may have written one when there was something. */
    private @Nullable StoredDocument document(Work work, List<Part> parts) throws TaskFailure, InterruptedException {
        String key = ExportKey.document(work.task());
        if (parts.stream().anyMatch(part -> part.isReleased() && part.found > 0)) {
            return exports.write(key, json -> writeDocument(work, parts, json), work.guard());
        }
        return exports.find(key).orElse(null);
    }

    private Map<String, Long> writeDocument(Work work, List<Part> parts, JsonGenerator json)
            throws IOException, TaskFailure, InterruptedException {
        Map<String, Long> records = new HashMap<>();
        json.writeStartObject();
        json.writeStringField("request_id", work.task().getRequestId());
        json.writeStringField("system", work.task().getSystem());
        json.writeStringField("action", work.task().getAction().name());
        json.writeStringField("created_at", clock.instant().toString());
        json.writeArrayFieldStart("datasets");
        for (Part part : parts) {
            work.guard().ensureValid();
            json.writeStartObject();
            json.writeStringField("name", part.set.name());
            if (part.isReleased()) {
                records.put(part.set.name(), writeObjects(part.set, json));
            } else {
                json.writeStringField("left_out", part.release.name());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        return records;
    }

    private long writeObjects(ObjectSet set, JsonGenerator json) throws IOException, TaskFailure, InterruptedException {
        long[] written = {0};
        json.writeArrayFieldStart("records");
        listing.forEachCurrent(set, page -> {
            for (S3Object object : page) {
                if (objects.write(set, object, json)) {
                    written[0]++;
                }
            }
        });
        json.writeEndArray();
        return written[0];
    }

    /** A dataset on its way into the document. */
    private static final class Part {
        private final ObjectSet set;
        private final Release release;
        private long found;

        Part(ObjectSet set, Release release) {
            this.set = set;
            this.release = release;
        }

        boolean isReleased() {
            return release == Release.RELEASED;
        }

        DatasetOutcome outcome(@Nullable StoredDocument document) {
            long exported = document == null ? 0 : document.records(set.name());
            long matched = Math.max(found, exported);
            return DatasetOutcome.newBuilder()
                    .setDataset(set.name())
                    .setDisposition(matched == 0 ? Disposition.NOT_FOUND : Disposition.EXPORTED)
                    .setMatched(matched)
                    .setAffected(exported)
                    .setDocument(document == null || exported == 0 ? null : document.description())
                    .build();
        }
    }
}
