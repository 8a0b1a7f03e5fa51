package io.quittance.streams.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.streams.domain.model.DatasetOutcome;
import io.quittance.streams.domain.model.Disposition;
import io.quittance.streams.domain.model.ExportedDocument;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatasetOutcomeTest {

    @ParameterizedTest
    @CsvSource({
        "ERASED, 3, 0, false, false, true",
        "ERASED, 3, 1, false, false, false",
        "ANONYMIZED, 3, 1, false, false, false",
        "BACKUP_UNTIL, 3, 0, false, false, true",
        "NOT_FOUND, 0, 0, false, false, true",
        "NOT_FOUND, 0, 2, false, false, false",
        "EXPORTED, 3, 0, true, false, true",
        "EXPORTED, 3, 0, false, false, false",
        "EXPORTED, 0, 0, false, false, true",
        "RETAINED, 0, 3, false, true, true",
        "RETAINED, 0, 3, false, false, false",
        "FAILED, 0, 0, false, false, false",
        "UNKNOWN, 0, 0, false, false, false"
    })
    void anOutcomeHoldsOnlyIfNothingSpeaksAgainstIt(
            Disposition disposition, long affected, long residual, boolean document, boolean ground, boolean holds) {
        var exported = document ? new ExportedDocument("s3://exports/x", "0".repeat(64), 1, affected) : null;
        var outcome = new DatasetOutcome(
                "people", disposition, 3, affected, residual, ground ? "tax law" : null, null, exported);

        assertThat(outcome.holds()).isEqualTo(holds);
    }
}
