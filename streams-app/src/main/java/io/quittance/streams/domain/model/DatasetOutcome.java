package io.quittance.streams.domain.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an executor says became of a dataset. */
public record DatasetOutcome(
        String dataset,
        Disposition disposition,
        long matched,
        long affected,
        long residual,
        @Nullable String legalGround,
        @Nullable Instant backupUntil,
        @Nullable ExportedDocument document) {

    /** How much was touched, over all datasets. */
    public static long affected(List<DatasetOutcome> outcomes) {
        return outcomes.stream().mapToLong(DatasetOutcome::affected).sum();
    }

    /** Whether something was erased or changed: an export's document stands for itself. */
    public boolean hasEffect() {
        return affected > 0 && document == null;
    }

    /** The same effect, of which a later look says what is left. */
    DatasetOutcome leaving(long left) {
        return new DatasetOutcome(dataset, disposition, matched, affected, left, legalGround, backupUntil, document);
    }

    /** Whether the outcome is a success that a look afterwards has confirmed. */
    public boolean holds() {
        return switch (disposition) {
            case UNKNOWN, FAILED -> false;
            case ERASED, ANONYMIZED, BACKUP_UNTIL, NOT_FOUND -> residual == 0;
            // Minimization may leave a dataset out whole; then nothing was exported and there is no document.
            case EXPORTED -> document != null || affected == 0;
            case RETAINED -> legalGround != null;
        };
    }
}
