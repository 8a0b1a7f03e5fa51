package io.quittance.proving.nemesis;

import io.quittance.proving.load.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Finds out when the pipeline works again, by asking it to. */
final class Recovery {
    private static final Duration BETWEEN_PROBES = Duration.ofSeconds(1);

    private final Probe probe;
    private final Duration patience;

    Recovery(Probe probe, Duration patience) {
        this.probe = probe;
        this.patience = patience;
    }

    /**
     * Submits a request, and more while none is closed, for the subject of one may be on a partition that is away for
     * longer.
     *
     * @return when the first of them was closed; empty when none was in time
     */
    Optional<Instant> await() {
        var first = new CompletableFuture<Instant>();
        var scheduler = Executors.newSingleThreadScheduledExecutor();
        try {
            scheduler.scheduleAtFixedRate(
                    () -> probe.submit().thenAccept(first::complete),
                    0,
                    BETWEEN_PROBES.toMillis(),
                    TimeUnit.MILLISECONDS);
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
}
