package io.quittance.harness;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import dev.failsafe.function.CheckedSupplier;
import java.time.Duration;

/** Asking again until a part answers. */
public final class Awaiting {
    private static final Duration PAUSE = Duration.ofMillis(50);

    private Awaiting() {}

    /** Asks until the answer is true. A refusal to answer counts as "not yet"; a {@link HarnessException} is final. */
    public static void until(String what, Duration atMost, CheckedSupplier<Boolean> question) {
        RetryPolicy<Boolean> again = RetryPolicy.<Boolean>builder()
                .handleResult(false)
                .handle(Exception.class)
                .abortOn(HarnessException.class)
                .withDelay(PAUSE)
                .withMaxDuration(atMost)
                .withMaxRetries(-1)
                .build();
        boolean reached;
        try {
            reached = Failsafe.with(again).get(question);
        } catch (FailsafeException e) {
            throw new HarnessException(
                    "%s: not within %d s".formatted(what, atMost.toSeconds()), e.getCause() == null ? e : e.getCause());
        }
        if (!reached) {
            throw new HarnessException("%s: not within %d s".formatted(what, atMost.toSeconds()));
        }
    }
}
