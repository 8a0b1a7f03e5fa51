package io.quittance.bench.pipeline;

import io.quittance.bench.wire.Inbound;
import java.time.Duration;

/** So many requests open at once; everybody answers at once. */
final class ClosedLoop implements Traffic {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Parties parties;
    private int next;
    private long open;
    private long closed;
    private long lastClosedAt;
    private boolean submitting = true;

    /** @param first number of the first request */
    ClosedLoop(Parties parties, int first) {
        this.parties = parties;
        this.next = first;
    }

    void fill(int inFlight) {
        while (open < inFlight) {
            submitNext();
        }
    }

    void runFor(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            parties.poll(this);
        }
    }

    /** Lets everything close that is open; gives up on it when nothing has closed for {@link #PATIENCE}. */
    void drain() {
        submitting = false;
        lastClosedAt = System.nanoTime();
        while (open > 0 && System.nanoTime() - lastClosedAt < PATIENCE.toNanos()) {
            parties.poll(this);
        }
    }

    long closed() {
        return closed;
    }

    /** Number after the last one submitted. */
    int next() {
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
    public void closed(int number, long at) {
        open--;
        closed++;
        lastClosedAt = at;
        if (submitting) {
            submitNext();
        }
    }

    private void submitNext() {
        parties.submit(next++);
        open++;
    }
}
