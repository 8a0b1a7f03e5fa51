package io.quittance.bench.contender;

import org.HdrHistogram.Histogram;

/**
 * What came of an open loop. Histograms are in microseconds and hold what was due in the measured time, warm-up left
 * out.
 *
 * @param approvalToTask from when the approval was due to be sent until a task is visible to its executor (a
 *     read-committed consumer, a committed row): four for each request
 * @param intakeToPrompt from when the request was due to be sent until its approver sees that a decision is wanted
 * @param completionToClosed from sending the last of its completions until the closing record is visible
 * @param offered requests per second that were asked for
 * @param achieved requests per second that closed in the measured time
 * @param submitted requests over the whole call
 * @param finished of these, how many closed as they were meant to, less dead letters
 * @param doubled closings and tasks beyond the first of the same request or task
 */
public record Latencies(
        Histogram approvalToTask,
        Histogram intakeToPrompt,
        Histogram completionToClosed,
        double offered,
        double achieved,
        long submitted,
        long finished,
        long doubled) {
    private static final long MOST_MICROS = 600_000_000;
    private static final int DIGITS = 3;

    /** A histogram as used here: up to ten minutes, three digits; from one thread. */
    public static Histogram histogram() {
        return new Histogram(MOST_MICROS, DIGITS);
    }

    /** At that percentile, in milliseconds; NaN where nothing was measured, which is not the same as no time. */
    public static double millis(Histogram histogram, double percentile) {
        return histogram.getTotalCount() == 0 ? Double.NaN : histogram.getValueAtPercentile(percentile) / 1_000.0;
    }

    /** Requests that were submitted and did not close as they were meant to, and dead letters. */
    public long lost() {
        return submitted - finished;
    }
}
