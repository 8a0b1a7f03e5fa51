package io.quittance.executor.grant;

import io.quittance.executor.TaskFailure;
import io.quittance.schema.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The revocations topic, read to its end whenever somebody asks. One thread owns the reader; askers that come while it
 * reads share the next round, because the end they mean is later than the one that is being read to.
 */
public final class RevocationLog implements Revocations, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RevocationLog.class);

    private final RevocationReader reader;
    private final Duration timeout;
    private final BlockingQueue<CompletableFuture<Void>> askers = new LinkedBlockingQueue<>();
    private final Thread thread;

    /** @param timeout how long an asker waits before it fails closed */
    public RevocationLog(RevocationReader reader, Duration timeout, String threadName) {
        this.reader = reader;
        this.timeout = timeout;
        this.thread = new Thread(this::serve, threadName);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public boolean isRevoked(Task task) throws TaskFailure, InterruptedException {
        CompletableFuture<Void> caughtUp = new CompletableFuture<>();
        askers.add(caughtUp);
        try {
            caughtUp.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException unreadable) {
            throw TaskFailure.retryable(
                    "REVOCATIONS_UNREADABLE", "The revocations topic could not be read to its end in time.");
        }
        if (reader.hasRead(task.getGrant().getGrantId())) {
            return true;
        }
        ensureNotInDoubt(task);
        return false;
    }

    private void ensureNotInDoubt(Task task) throws TaskFailure {
        Optional<String> unreadable = reader.doubtAbout(task);
        if (unreadable.isPresent()) {
            throw TaskFailure.retryable(
                    "REVOCATIONS_UNREADABLE",
                    "The record at " + unreadable.get() + " cannot be read and may have revoked this grant; an attempt"
                            + " that is issued after it will tell.");
        }
    }

    /** Stops the thread and waits a moment for it to let go of its consumer. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(1_000);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve() {
        try (reader) {
            while (!Thread.currentThread().isInterrupted()) {
                List<CompletableFuture<Void>> round = new ArrayList<>();
                round.add(askers.take());
                askers.drainTo(round);
                serve(round);
            }
        } catch (InterruptedException | org.apache.kafka.common.errors.InterruptException stopping) {
            log.debug("revocations no longer read");
        }
    }

    private void serve(List<CompletableFuture<Void>> round) {
        try {
            reader.readToEnd(timeout);
            round.forEach(asker -> asker.complete(null));
        } catch (org.apache.kafka.common.errors.InterruptException stopping) {
            round.forEach(asker -> asker.completeExceptionally(stopping));
            throw stopping;
        } catch (RuntimeException unreadable) {
            // The askers fail closed; the next one tries again.
            log.atWarn().addKeyValue("error", unreadable.getClass().getName()).log("revocations unreadable");
            round.forEach(asker -> asker.completeExceptionally(unreadable));
        }
    }
}
