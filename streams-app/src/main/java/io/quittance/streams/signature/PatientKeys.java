package io.quittance.streams.signature;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits a while for keys that are not to be had: a file is just being replaced, a server starts anew. It waits once for
 * each outage, not once for each decision, so that a backlog is not held up by every one of its records.
 */
final class PatientKeys implements ApproverKeys {
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final ApproverKeys keys;
    private final int attempts;
    private volatile boolean exhausted;

    /** @param patience how long to wait in all; well below a transaction's time-out */
    PatientKeys(ApproverKeys keys, Duration patience) {
        this.keys = keys;
        this.attempts = (int) Math.max(1, patience.dividedBy(PAUSE));
    }

    @Override
    public Optional<ApproverKey> find(String keyId, Instant now) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                Optional<ApproverKey> found = keys.find(keyId, now.plus(PAUSE.multipliedBy(attempt - 1L)));
                exhausted = false;
                return found;
            } catch (IOException unavailable) {
                if (exhausted || attempt == attempts || Thread.currentThread().isInterrupted()) {
                    exhausted = true;
                    throw unavailable;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    @Override
    public void close() {
        keys.close();
    }
}
