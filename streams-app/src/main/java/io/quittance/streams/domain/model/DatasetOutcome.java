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
