package io.quittance.executor.s3;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.quittance.schema.DatasetOutcome;
import io.quittance.schema.Disposition;
import io.quittance.schema.ExportedDocument;
import io.quittance.schema.Task;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was done, or was about to be done, for one task under one plan. An object store has no transactions, so this is
 * what a repeated task tells the truth from. Names tasks, grants and datasets; holds nothing of the person.
 *
 * @param version of this format
 * @param writeId another one for every write: the ETag of an object is often a hash of it, and must not be that of an
 *     equal receipt of somebody else
 * @param state STARTED before the first effect, DONE after the last; WITHDRAWN when there was none after all
 * @param entries one for every dataset, in the task's order
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Receipt(
        @JsonProperty("version") int version,
        @JsonProperty("write_id") String writeId,
        @JsonProperty("task_id") String taskId,
        @JsonProperty("action") String action,
        @JsonProperty("plan_sha256") String planSha256,
        @JsonProperty("grant_id") String grantId,
        @JsonProperty("attempt") int attempt,
        @JsonProperty("state") State state,
        @JsonProperty("at") String at,
        @JsonProperty("datasets") List<Entry> entries) {
    private static final int VERSION = 1;

    enum State {
        STARTED,
        DONE,
        WITHDRAWN
    }

    static Receipt started(Task task, List<DatasetOutcome> intended, Instant now) {
        return of(task, State.STARTED, intended, now);
    }

    static Receipt done(Task task, List<DatasetOutcome> outcomes, Instant now) {
        return of(task, State.DONE, outcomes, now);
    }

    /** Takes the place of a receipt whose writer touched nothing, and before whom nobody had. */
    static Receipt withdrawn(Task task, Instant now) {
        return of(task, State.WITHDRAWN, List.of(), now);
    }

    private static Receipt of(Task task, State state, List<DatasetOutcome> outcomes, Instant now) {
        return new Receipt(
                VERSION,
                UUID.randomUUID().toString(),
                task.getTaskId(),
                task.getAction().name(),
                task.getGrant().getPlanSha256(),
                task.getGrant().getGrantId(),
                task.getAttempt(),
                state,
                now.toString(),
                outcomes.stream().map(Entry::of).toList());
    }

    boolean isDone() {
        return state == State.DONE;
    }

    /** Whether all was done under the task's grant; the next may cover less. */
    boolean isDoneUnderGrantOf(Task task) {
        return isDone() && grantId.equals(task.getGrant().getGrantId());
    }

    boolean isWithdrawn() {
        return state == State.WITHDRAWN;
    }

    /** Whether it speaks of the same action, and of every dataset of the task. */
    boolean covers(Task task) {
        return action.equals(task.getAction().name())
                && task.getDatasets().stream()
                        .allMatch(dataset -> entry(dataset.getName()).isPresent());
    }

    Optional<Entry> entry(String dataset) {
        return entries.stream().filter(entry -> entry.dataset.equals(dataset)).findFirst();
    }

    /** The outcomes of the task's datasets as they were, in the task's order. */
    List<DatasetOutcome> outcomes(Task task) {
        return task.getDatasets().stream()
                .map(dataset -> entry(dataset.getName()).orElseThrow().toOutcome())
                .toList();
    }

    /** What became, or was to become, of a dataset. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Entry(
            @JsonProperty("dataset") String dataset,
            @JsonProperty("disposition") Disposition disposition,
            @JsonProperty("matched") long matched,
            @JsonProperty("affected") long affected,
            @JsonProperty("residual") long residual,
            @JsonProperty("legal_ground") @Nullable String legalGround,
            @JsonProperty("backup_until") @Nullable String backupUntil,
            @JsonProperty("document") @Nullable Document document) {
        static Entry of(DatasetOutcome outcome) {
            Instant backupUntil = outcome.getBackupUntil();
            ExportedDocument document = outcome.getDocument();
            return new Entry(
                    outcome.getDataset(),
                    outcome.getDisposition(),
                    outcome.getMatched(),
                    outcome.getAffected(),
                    outcome.getResidual(),
                    outcome.getLegalGround(),
                    backupUntil == null ? null : backupUntil.toString(),
                    document == null ? null : Document.of(document));
        }

        DatasetOutcome toOutcome() {
            return new DatasetOutcome(
                    dataset,
                    disposition,
                    matched,
                    affected,
                    residual,
                    legalGround,
                    backupUntil == null ? null : Instant.parse(backupUntil),
                    document == null ? null : document.toExported());
        }
    }

    /** Where an export went. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Document(
            @JsonProperty("uri") String uri,
            @JsonProperty("sha256") String sha256,
            @JsonProperty("bytes") long bytes,
            @JsonProperty("records") long records) {
        static Document of(ExportedDocument document) {
            return new Document(document.getUri(), document.getSha256(), document.getBytes(), document.getRecords());
        }

        ExportedDocument toExported() {
            return new ExportedDocument(uri, sha256, bytes, records);
        }
    }
}
