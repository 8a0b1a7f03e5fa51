package io.quittance.quickstart.stack;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Parts that are running, closed last first whatever one of them says. */
final class Parts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

    private final Deque<AutoCloseable> running = new ArrayDeque<>();

    static Parts of(AutoCloseable... parts) {
        var all = new Parts();
        for (AutoCloseable part : parts) {
            all.add(part);
        }
        return all;
    }

    synchronized <T extends AutoCloseable> T add(T part) {
        running.push(part);
        return part;
    }

    /** Starts a part on a thread of its own. */
    <T extends AutoCloseable> CompletableFuture<T> begin(Supplier<T> start) {
        return CompletableFuture.supplyAsync(() -> add(start.get()), command -> new Thread(command, "start").start());
    }

    /** Also when interrupted, by Ctrl-C: parts that wait while they close would not get to their end. */
    @Override
    public synchronized void close() {
        boolean interrupted = Thread.interrupted();
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception e) {
                LOG.atWarn().setCause(e).log("a part did not close cleanly");
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
