package io.quittance.bench.peer.drive;

import io.quittance.harness.HarnessException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The threads of one run. A step that fails ends the run: a peer that needs luck is not measured. */
final class Crew implements AutoCloseable {
    /** What a step answers that is not to be run again. */
    static final int DONE = -1;

    private static final Duration LEAVE_LIMIT = Duration.ofSeconds(20);

    private final List<Thread> threads = new ArrayList<>();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private volatile boolean over;

    Crew(List<Party> parties) {
        parties.forEach(this::add);
    }

    private void add(Party party) {
        start(party.name(), () -> work(party));
    }

    /** A party that knows how to wait by itself. */
    void add(String name, Party.Step step) {
        start(name, () -> work(new Party(name, step, () -> {})));
    }

    void parkUntil(long nanoTime) throws InterruptedException {
        while (nanoTime - System.nanoTime() > 0) {
            check();
            LockSupport.parkNanos(Math.min(nanoTime - System.nanoTime(), 50_000_000));
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    /** Waits for those who end by themselves. */
    void join(String prefix) throws InterruptedException {
        for (Thread thread : threads) {
            if (thread.getName().startsWith(prefix)) {
                thread.join(LEAVE_LIMIT.toMillis());
            }
        }
        check();
    }

    void check() {
        Exception first = failure.get();
        if (first != null) {
            throw new HarnessException("a party of the peer failed", first);
        }
    }

    @Override
    public void close() {
        over = true;
        boolean interrupted = false;
        for (Thread thread : threads) {
            LockSupport.unpark(thread);
            try {
                thread.join(LEAVE_LIMIT.toMillis());
            } catch (InterruptedException e) {
                interrupted = true;
                thread.interrupt();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void work(Party party) {
        try {
            while (!over && failure.get() == null) {
                int done = party.step().run();
                if (done == DONE) {
                    return;
                }
                if (done == 0) {
                    party.idle().await();
                }
            }
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            failure.compareAndSet(null, e);
        }
    }

    private void start(String name, Runnable work) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }
}
