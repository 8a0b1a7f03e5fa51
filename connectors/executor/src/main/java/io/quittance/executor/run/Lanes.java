package io.quittance.executor.run;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Runs work on a few threads, in order and one at a time within a lane. A subject has a lane: its tasks, and repeated
 * deliveries of one task, wait for each other. Thread-safe.
 */
public final class Lanes {
    /** A piece of work. */
    @FunctionalInterface
    public interface Job {
        void run() throws InterruptedException;
    }

    private final ExecutorService threads;
    private final Consumer<Throwable> onBroken;
    private final Map<String, Deque<Job>> lanes = new HashMap<>();

    /** @param onBroken told of a job that ended with anything but success or interruption */
    public Lanes(int threadCount, String threadName, Consumer<Throwable> onBroken) {
        this.onBroken = onBroken;
        AtomicInteger number = new AtomicInteger();
        this.threads = Executors.newFixedThreadPool(threadCount, job -> {
            Thread thread = new Thread(job, threadName + "-" + number.getAndIncrement());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Puts a job at the end of its lane; never blocks. */
    public synchronized void submit(String lane, Job job) {
        Deque<Job> waiting = lanes.computeIfAbsent(lane, unknown -> new ArrayDeque<>());
        waiting.add(job);
        if (waiting.size() == 1) {
            threads.execute(() -> runFirst(lane, job));
        }
    }

    /**
     * Takes no more work, lets what runs finish, then interrupts it.
     *
     * @return whether every thread ended
     */
    public boolean stop(Duration patience, Duration afterInterrupt) {
        synchronized (this) {
            lanes.values().forEach(Deque::clear);
        }
        threads.shutdown();
        try {
            if (threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return true;
            }
            threads.shutdownNow();
            return threads.awaitTermination(afterInterrupt.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopping) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void runFirst(String lane, Job job) {
        try {
            if (!threads.isShutdown()) {
                job.run();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error broken) {
            onBroken.accept(broken);
        } finally {
            next(lane);
        }
    }

    private synchronized void next(String lane) {
        Deque<Job> waiting = lanes.getOrDefault(lane, new ArrayDeque<>());
        waiting.poll();
        Job following = waiting.peek();
        if (following == null || threads.isShutdown()) {
            lanes.remove(lane);
        } else {
            threads.execute(() -> runFirst(lane, following));
        }
    }
}
