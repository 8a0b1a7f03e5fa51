package io.quittance.streams.domain.docket;

import io.quittance.streams.domain.model.Scope;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A legal hold on a subject: while it stands, nothing of theirs that it covers is deleted or anonymized.
 *
 * @param scope what it covers
 * @param reason why, for people; null where it was placed by a version that did not keep it
 */
public record Hold(
        String directiveId,
        String issuedBy,
        Instant since,
        Scope scope,
        @Nullable String reason) {
    public Hold {
        // Rows from before holds had a scope do not have one; those held everything.
        scope = scope == null ? Scope.EVERYTHING : scope;
    }
}
