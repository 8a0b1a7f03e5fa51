package io.quittance.streams.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.function.Executable;

/** That something costs little. Counted in the processor's time, which a busy machine does not lengthen. */
public final class Thrift {
    private static final Duration MOST = Duration.ofSeconds(5);
    private static final Duration FOR_EVER = Duration.ofMinutes(5);

    private Thrift() {}

    public static void assertCheap(Executable work) {
        Assertions.assertTimeoutPreemptively(FOR_EVER, () -> {
            var threads = ManagementFactory.getThreadMXBean();
            long before = threads.getCurrentThreadCpuTime();
            work.execute();
            assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - before))
                    .isLessThan(MOST);
        });
    }
}
