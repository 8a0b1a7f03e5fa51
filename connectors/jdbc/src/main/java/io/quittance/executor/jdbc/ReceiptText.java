package io.quittance.executor.jdbc;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.quittance.schema.DatasetOutcome;
import io.quittance.schema.Disposition;
import io.quittance.schema.ExportedDocument;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Outcomes as JSON text. A form of its own, so that old receipts stay readable when the contract grows. */
final class ReceiptText {
    private record Document(String uri, String sha256, long bytes, long records) {}

    private record Outcome(
            String dataset,
            String disposition,
            long matched,
            long affected,
            long residual,
            @Nullable String legalGround,
            @Nullable Long backupUntilMs,
            @Nullable Document document) {}

    private static final ObjectMapper JSON = new ObjectMapper()
            .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    private static final TypeReference<List<Outcome>> OUTCOMES = new TypeReference<>() {};

    private ReceiptText() {}

    static String write(List<DatasetOutcome> outcomes) {
        try {
            return JSON.writeValueAsString(
                    outcomes.stream().map(ReceiptText::toText).toList());
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    static List<DatasetOutcome> read(String text) {
        try {
            return JSON.readValue(text, OUTCOMES).stream()
                    .map(ReceiptText::fromText)
                    .toList();
        } catch (JsonProcessingException notAReceipt) {
            throw new UncheckedIOException(notAReceipt);
        }
    }

    private static Outcome toText(DatasetOutcome outcome) {
        Instant backupUntil = outcome.getBackupUntil();
        ExportedDocument document = outcome.getDocument();
        return new Outcome(
                outcome.getDataset(),
                outcome.getDisposition().name(),
                outcome.getMatched(),
                outcome.getAffected(),
                outcome.getResidual(),
                outcome.getLegalGround(),
                backupUntil == null ? null : backupUntil.toEpochMilli(),
                document == null
                        ? null
                        : new Document(
                                document.getUri(), document.getSha256(), document.getBytes(), document.getRecords()));
    }

    private static DatasetOutcome fromText(Outcome outcome) {
        Long backupUntil = outcome.backupUntilMs();
        Document document = outcome.document();
        return DatasetOutcome.newBuilder()
                .setDataset(outcome.dataset())
                .setDisposition(Disposition.valueOf(outcome.disposition()))
                .setMatched(outcome.matched())
                .setAffected(outcome.affected())
                .setResidual(outcome.residual())
                .setLegalGround(outcome.legalGround())
                .setBackupUntil(backupUntil == null ? null : Instant.ofEpochMilli(backupUntil))
                .setDocument(
                        document == null
                                ? null
                                : new ExportedDocument(
                                        document.uri(), document.sha256(), document.bytes(), document.records()))
                .build();
    }
}
