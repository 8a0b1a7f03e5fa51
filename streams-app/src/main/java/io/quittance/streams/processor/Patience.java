package io.quittance.streams.processor;

import com.google.common.base.Stopwatch;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for the schema registry. A record whose schema cannot be asked for now is not undecodable: it is tried again
 * for a while, and then the caller fails, so that its records come again.
 */
final class Patience {
    private static final Logger log = LoggerFactory.getLogger(Patience.class);
    private static final long PAUSE_NANOS = Duration.ofMillis(500).toNanos();

    private final Duration limit;

    /** @param limit how long to wait in all; below the transaction's time-out where there is one */
    Patience(Duration limit) {
        this.limit = limit;
    }

    /** @throws RetriableException if patience is at its end, or the thread is to stop */
    <T> T get(Supplier<T> supplier) {
        Stopwatch waited = Stopwatch.createStarted();
        while (true) {
            try {
                return supplier.get();
            } catch (RetriableException unavailable) {
                boolean over = waited.elapsed().compareTo(limit) >= 0;
                if (over || Thread.currentThread().isInterrupted()) {
                    throw unavailable;
                }
                log.atWarn()
                        .addKeyValue("seconds", waited.elapsed().toSeconds())
                        .log("the schema registry is waited for");
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }
}
