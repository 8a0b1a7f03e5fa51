package io.quittance.bench.contender;

import java.time.Duration;

/**
 * One way to carry requests out, running and ready. The workflow is the same for all: a request that asks for one
 * approval; the approval; four tasks in four systems; four completions; closed. Publisher, approver and executors are
 * part of the contender and answer at once.
 *
 * <p>The duties are the same too: who approved, each task's outcome and one closing record per request are kept, and
 * each step takes effect exactly once, also where the process dies between any two. What a contender leaves out of what
 * the pipeline does beyond that (policy, grants, signatures, evidence, …) its javadoc says; it errs in its favour.
 *
 * <p>Methods are called one at a time, in any order, any number of times: state grows from call to call. Each returns
 * only when everything it submitted is closed, or is known to be lost.
 */
public interface Contender extends AutoCloseable {
    /**
     * In the open loop the pipeline's approver answers so long after it has seen the prompt: approvals fall due as
     * evenly as requests do while the pipeline stalls for less than that. While it stalls for longer there are no
     * prompts to answer, so the rest of the stall is seen in {@code intake → prompt} alone. A peer's approver answers
     * in the step in which it sees what waits, and its clock starts then: in the peer's favour, as a stall of that step
     * delays nobody's due time.
     */
    Duration THINKING = Duration.ofSeconds(1);

    /** As in tables, plots and {@code --contenders}: short, without spaces. */
    String name();

    /**
     * Requests to be kept open at once in its closed loop.
     *
     * @param usual for those that have enough to do with so many
     */
    default int inFlight(int usual) {
        return usual;
    }

    /**
     * Keeps so many requests open at once, each closed one being followed by a new one.
     *
     * @param warmUp not measured
     * @param measured length of what is
     * @param inFlight requests open at once
     */
    Measured closedLoop(Duration warmUp, Duration measured, int inFlight) throws InterruptedException;

    /**
     * Submits at a fixed rate, whatever becomes of it. Latencies count from when something was due, not from when the
     * driver got round to it, so that a stall shows in everything that was due meanwhile (no coordinated omission). The
     * pipeline's approvers take {@link #THINKING}; executors answer at once.
     *
     * @param requestsPerSecond evenly spread
     */
    Latencies openLoop(double requestsPerSecond, Duration warmUp, Duration measured) throws InterruptedException;

    /** Ends it with every process and thread that it started. */
    @Override
    void close();
}
