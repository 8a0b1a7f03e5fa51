package io.quittance.streams.domain.model;

import java.time.Instant;
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

    /** Whether something was erased or changed: an export's document stands for itself. */
    boolean hasEffect() {
        return affected > 0 && document == null;
    }

    /** This, with the larger of its own effect and an earlier one; that alone if this found nothing any more. */
    DatasetOutcome over(DatasetOutcome earlier) {
        boolean nothingMore = disposition == Disposition.NOT_FOUND && earlier.disposition != Disposition.FAILED;
        return new DatasetOutcome(
                dataset,
                nothingMore ? earlier.disposition : disposition,
                Math.max(matched, earlier.matched),
                Math.max(affected, earlier.affected),
                residual,
                nothingMore ? earlier.legalGround : legalGround,
                backupUntil == null ? earlier.backupUntil : backupUntil,
                document);
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
