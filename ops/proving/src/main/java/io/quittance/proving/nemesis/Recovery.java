package io.quittance.proving.nemesis;

import io.quittance.proving.load.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Finds out when the pipeline works again, by asking it to. */
final class Recovery {
    private static final Duration FIRST_GAP = Duration.ofMillis(500);
    private static final Duration LONGEST_GAP = Duration.ofSeconds(10);

    private final Probe probe;
    private final Duration patience;

    Recovery(Probe probe, Duration patience) {
        this.probe = probe;
        this.patience = patience;
    }

    /**
     * Submits a request, and more while none is closed, for the subject of one may be on a partition that is away for
     * longer. Each after twice as long as the one before: they queue like everybody else's, and are not to be the
     * queue.
     *
     * @return when the first of them was closed; empty when none was in time
     */
    Optional<Instant> await() {
        var first = new CompletableFuture<Instant>();
        var scheduler = Executors.newSingleThreadScheduledExecutor();
        try {
            submit(scheduler, first, FIRST_GAP);
            return Optional.of(first.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException notInTime) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a probe never fails", e);
        } finally {
            scheduler.shutdownNow();
        }
    }

    private void submit(ScheduledExecutorService scheduler, CompletableFuture<Instant> first, Duration gap) {
        if (first.isDone()) {
            return;
        }
        probe.submit().thenAccept(first::complete);
        Duration next = gap.multipliedBy(2);
        scheduler.schedule(
                () -> submit(scheduler, first, next.compareTo(LONGEST_GAP) < 0 ? next : LONGEST_GAP),
                gap.toMillis(),
                TimeUnit.MILLISECONDS);
    }
}
