package io.quittance.security.ground;

import io.quittance.harness.HarnessException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Parts that run or are starting, closed last first whatever one of them says. */
final class Parts implements AutoCloseable {
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    <T extends AutoCloseable> T add(T part) {
        open.push(part);
        return part;
    }

    /**
     * Starts a part on another thread. The close waits for it, so that it does not come up in what is closed by then.
     */
    <T extends AutoCloseable> CompletableFuture<T> begin(Supplier<T> start) {
        var starting = CompletableFuture.supplyAsync(start);
        add(() -> closeOnceStarted(starting));
        return starting;
    }

    /** @throws HarnessException if one or more did not close, once all others have */
    @Override
    public void close() {
        var failures = new HarnessException("a part does not close");
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                failures.addSuppressed(e);
            }
        }
        if (failures.getSuppressed().length > 0) {
            throw failures;
        }
    }

    private static void closeOnceStarted(CompletableFuture<? extends AutoCloseable> starting) throws Exception {
        CompletableFuture.allOf(starting).exceptionally(didNotStart -> null).join();
        if (!starting.isCompletedExceptionally()) {
            starting.join().close();
        }
    }
}
