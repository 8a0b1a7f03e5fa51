package io.quittance.streams.processor;

import io.quittance.streams.domain.Settings;
import java.time.Duration;

/**
 * Numbers the docket processor works with.
 *
 * @param decider the core's own
 * @param partitions how many each input topic has
 * @param maxValueBytes larger input values are not read
 * @param maxDocketBytes nothing new is taken into a docket that would be larger
 * @param maxAuditBytes larger audit records leave out the outcomes of single datasets
 * @param keepDeadLetterPayload whether a dead letter carries the record's bytes
 * @param timerInterval how often due timers are looked for
 * @param timerBatch most dockets looked at per time
 * @param timerSlice most time spent on due dockets per time; records wait meanwhile
 * @param sweepInterval how often a few rows are looked through for markers to forget
 * @param sweepPass how long it may take until all rows have been looked through
 * @param registryPatience how long a record waits for a schema registry that does not answer; well below the
 *     transaction's time-out
 * @param urgentCommitSpacing a task, revocation or prompt is committed at once instead of with the next interval, but
 *     not more often than this: see {@link CommitPacing}
 * @param parsedDocketBytes how many bytes of rows with open requests a task keeps parsed
 */
public record ProcessorSettings(
        Settings decider,
        int partitions,
        int maxValueBytes,
        int maxDocketBytes,
        int maxAuditBytes,
        boolean keepDeadLetterPayload,
        Duration timerInterval,
        int timerBatch,
        Duration timerSlice,
        Duration sweepInterval,
        Duration sweepPass,
        Duration registryPatience,
        Duration urgentCommitSpacing,
        long parsedDocketBytes) {

    /** @param partitions how many each input topic has */
    public static ProcessorSettings defaults(int partitions) {
        return new ProcessorSettings(
                Settings.DEFAULTS,
                partitions,
                512 * 1024,
                900 * 1024,
                768 * 1024,
                true,
                Duration.ofMillis(20),
                500,
                Duration.ofMillis(10),
                Duration.ofSeconds(1),
                Duration.ofDays(1),
                Duration.ofSeconds(10),
                Duration.ofMillis(15),
                4L * 1024 * 1024);
    }
}
