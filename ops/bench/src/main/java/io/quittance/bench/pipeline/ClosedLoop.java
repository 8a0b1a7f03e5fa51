package io.quittance.bench.pipeline;

import io.quittance.bench.wire.Inbound;
import java.time.Duration;
import java.util.List;

/** So many requests open at once; everybody answers at once. */
public final class ClosedLoop implements Traffic {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Parties parties;
    private final List<String> systems;
    private final int first;
    private final long deadLettersBefore;
    private int next;
    private long open;
    private long closed;
    private long lastClosedAt;
    private boolean submitting = true;

    /**
     * @param first number of the first request
     * @param systems that requests are about; none means all
     */
    public ClosedLoop(Parties parties, int first, List<String> systems) {
        this.parties = parties;
        this.first = first;
        this.next = first;
        this.deadLettersBefore = parties.deadLetters();
        this.systems = systems;
    }

    public void fill(int inFlight) {
        while (open < inFlight) {
            submitNext();
        }
    }

    public void runFor(Duration time) {
        runFor(time, this, () -> {});
    }

    /**
     * @param front is handed everything, and hands on what is this loop's
     * @param now and then done
     */
    public void runFor(Duration time, Traffic front, Runnable now) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            parties.poll(front);
            now.run();
        }
    }

    /** Lets everything close that is open; gives up on it when nothing has closed for {@link #PATIENCE}. */
    public void drain() {
        drain(this, () -> {});
    }

    /** The same, as {@link #runFor(Duration, Traffic, Runnable)}. */
    public void drain(Traffic front, Runnable now) {
        submitting = false;
        lastClosedAt = System.nanoTime();
        while (open > 0 && System.nanoTime() - lastClosedAt < PATIENCE.toNanos()) {
            parties.poll(front);
            now.run();
        }
    }

    /** Requests that were fulfilled. */
    public long closed() {
        return closed;
    }

    /** After draining: requests that were not fulfilled, and dead letters, which were somebody's record. */
    public long lost() {
        return next - first - closed + parties.deadLetters() - deadLettersBefore;
    }

    /** Number after the last one submitted. */
    public int next() {
        return next;
    }

    @Override
    public void prompted(int number, Inbound.Prompt prompt, long at) {
        parties.approve(number, prompt);
    }

    @Override
    public void tasked(int number, int system, Inbound.Task task, long at) {
        parties.complete(number, system, task);
    }

    @Override
    public void closed(int number, Inbound.Audit audit, long at) {
        open--;
        closed += audit.fulfilled() ? 1 : 0;
        lastClosedAt = at;
        if (submitting) {
            submitNext();
        }
    }

    private void submitNext() {
        parties.submit(next++, systems);
        open++;
    }
}
