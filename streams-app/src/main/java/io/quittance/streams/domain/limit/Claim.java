package io.quittance.streams.domain.limit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One attempt that wants to go out.
 *
 * @param claimId never used for another claim
 * @param deadline when the law wants its request done; null if no law does
 */
public record Claim(
        String claimId,
        String requestId,
        String subjectId,
        Work work,
        int attempt,
        @Nullable Instant deadline) {
    @Override
    public String toString() {
        return "Claim[" + work + "]";
    }
}
