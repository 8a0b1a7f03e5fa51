package io.quittance.executor.grant;

import io.quittance.executor.TaskFailure;
import io.quittance.schema.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topics that carry orders, revocations and freezes, read to their ends whenever somebody asks. One thread owns the
 * reader; askers that come while it reads share the next round, because the end they mean is later than the one that is
 * being read to.
 */
public final class OrderLog implements Orders, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(OrderLog.class);

    private final RevokedGrants revocations;
    private final StandingFreezes freezes;
    private final OrderReader reader;
    private final Duration timeout;
    private final BlockingQueue<CompletableFuture<Void>> askers = new LinkedBlockingQueue<>();
    private final Thread thread;

    /**
     * @param consumer read-committed, without a group; closed with this log, as are the other parts
     * @param ends read-uncommitted, and asked for ends only
     * @param timeout how long an asker waits before it fails closed
     */
    public OrderLog(
            Consumer<byte[], byte[]> consumer,
            Consumer<?, ?> ends,
            RevokedGrants revocations,
            StandingFreezes freezes,
            Duration timeout,
            String threadName) {
        this.revocations = revocations;
        this.freezes = freezes;
        this.reader = new OrderReader(consumer, ends, List.of(revocations, freezes));
        this.timeout = timeout;
        this.thread = new Thread(this::serve, threadName);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void ensureNoneStops(Task task) throws TaskFailure, InterruptedException {
        catchUp();
        // A revocation is for good, a freeze is not: whoever is told one of the two is told the former.
        revocations.ensureNotRevoked(task);
        freezes.ensureNotFrozen(task);
    }

    private void catchUp() throws TaskFailure, InterruptedException {
        CompletableFuture<Void> caughtUp = new CompletableFuture<>();
        askers.add(caughtUp);
        try {
            caughtUp.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException unreadable) {
            throw TaskFailure.retryable(
                    "REVOCATIONS_UNREADABLE",
                    "The topics " + revocations.topic() + " and " + freezes.topic()
                            + " could not be read to their ends in time.");
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
            log.debug("orders no longer read");
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
            log.atWarn().addKeyValue("error", unreadable.getClass().getName()).log("orders unreadable");
            round.forEach(asker -> asker.completeExceptionally(unreadable));
        }
    }
}
