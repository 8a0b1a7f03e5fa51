package io.quittance.proving.check;

import io.quittance.proving.check.AuditSeen.OutcomeSeen;
import io.quittance.proving.history.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An executor's answer. Times are milliseconds since 1970, by the executor's clock.
 *
 * @param writtenAt when it arrived, by the brokers' clock
 * @param retryable whether another attempt may help, of what failed
 */
record CompletionSeen(
        Place place,
        long writtenAt,
        String taskId,
        String requestId,
        String system,
        int attempt,
        String grantId,
        String status,
        boolean retryable,
        @Nullable String code,
        List<OutcomeSeen> outcomes,
        long startedAt,
        long finishedAt) {

    /** Whether it says that this attempt did not do its work and no further one will. */
    boolean isFinalFailure() {
        return status.equals("FAILED") && !retryable;
    }

    boolean isDone() {
        return status.equals("DONE");
    }
}
