package io.quittance.proving.check;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A revision of a request's audit record.
 *
 * @param content digest of its bytes
 * @param rule of the policy, that decided; null while none has
 * @param grants newest first
 * @param verifications how many proofs, given or refused, were taken into account
 * @param trail codes of what happened, oldest first
 */
record AuditSeen(
        String requestId,
        String subjectId,
        int partition,
        long offset,
        long writtenAt,
        String content,
        String action,
        String state,
        boolean closed,
        String code,
        int revision,
        long receivedAt,
        @Nullable Long closedAt,
        @Nullable String duplicateOf,
        @Nullable String rule,
        List<GrantSeen> grants,
        List<TaskAudited> tasks,
        List<DecisionAudited> decisions,
        int verifications,
        List<String> trail) {

    /** When the request was closed, which may be a little before that was written down. */
    long ended() {
        return closedAt == null ? writtenAt : closedAt;
    }

    /** Whether the last of its grants was so brief that to miss it needs no reason. */
    boolean hadMoments() {
        return grants.stream()
                .max(Comparator.comparingLong(GrantSeen::notAfter))
                .filter(GrantSeen::isBrief)
                .isPresent();
    }

    Optional<TaskAudited> task(String system) {
        return tasks.stream().filter(task -> task.system().equals(system)).findFirst();
    }

    /**
     * A grant, wherever it is told of.
     *
     * @param notBefore milliseconds since 1970
     * @param notAfter milliseconds since 1970
     */
    record GrantSeen(String grantId, List<String> systems, long notBefore, long notAfter) {
        /** What is done earlier than that before the end tells nothing of whether anybody looked. In milliseconds. */
        static final long BRIEF = 2_000;

        boolean isBrief() {
            return notAfter - notBefore <= BRIEF;
        }
    }

    /** The work in one system, as the audit tells it. */
    record TaskAudited(
            String system,
            int attempts,
            String status,
            @Nullable String code,
            List<OutcomeSeen> outcomes) {

        boolean isDone() {
            return status.equals("DONE");
        }

        Optional<OutcomeSeen> outcome(String dataset) {
            return outcomes.stream()
                    .filter(outcome -> outcome.dataset().equals(dataset))
                    .findFirst();
        }
    }

    /** What became of a dataset, as audit or completion tell it. */
    record OutcomeSeen(
            String dataset,
            String disposition,
            long matched,
            long affected,
            long residual,
            @Nullable String documentUri,
            @Nullable String documentSha256,
            long documentRecords) {}

    /** A decision, as the audit tells it. */
    record DecisionAudited(String decisionId, String approver, String verdict, boolean accepted) {}
}
