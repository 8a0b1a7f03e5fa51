package io.quittance.proving.nemesis;

import io.quittance.proving.load.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Finds out when the pipeline works again, by asking it to: all of it, for one partition may stand still alone. */
final class Recovery {
    private static final Duration FIRST_GAP = Duration.ofSeconds(2);
    private static final Duration LONGEST_GAP = Duration.ofSeconds(10);

    private final Probe probe;
    private final Duration patience;

    Recovery(Probe probe, Duration patience) {
        this.probe = probe;
        this.patience = patience;
    }

    /**
     * Submits a request for a subject of each partition, and more where none has come through, for a task of one may
     * wait for its timeout. Each wave after twice as long as the one before: they queue like everybody else's, and are
     * not to be the queue.
     *
     * @return when the first of the slowest partition came through; empty when a partition had none in time
     */
    Optional<Instant> await() {
        List<CompletableFuture<Instant>> firsts = IntStream.range(0, probe.partitions())
                .mapToObj(partition -> new CompletableFuture<Instant>())
                .toList();
        var scheduler = Executors.newSingleThreadScheduledExecutor();
        try {
            submit(scheduler, firsts, FIRST_GAP);
            CompletableFuture.allOf(firsts.toArray(CompletableFuture[]::new))
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return instants(firsts).max(Instant::compareTo);
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

    private void submit(ScheduledExecutorService scheduler, List<CompletableFuture<Instant>> firsts, Duration gap) {
        for (int partition = 0; partition < firsts.size(); partition++) {
            CompletableFuture<Instant> first = firsts.get(partition);
            if (!first.isDone()) {
                probe.submit(partition).thenAccept(first::complete);
            }
        }
        if (firsts.stream().allMatch(CompletableFuture::isDone)) {
            return;
        }
        Duration next = gap.multipliedBy(2);
        scheduler.schedule(
                () -> submit(scheduler, firsts, next.compareTo(LONGEST_GAP) < 0 ? next : LONGEST_GAP),
                gap.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private static Stream<Instant> instants(List<CompletableFuture<Instant>> done) {
        return done.stream().map(CompletableFuture::join);
    }
}
