package io.quittance.bench.process;

import com.sun.management.OperatingSystemMXBean;
import io.quittance.harness.Awaiting;
import io.quittance.harness.HarnessException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** The machine under it all. */
public final class Machine {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final double QUIET = 0.15;
    private static final Duration LOOK = Duration.ofMillis(300);

    private Machine() {}

    /** One-minute load average; negative where the system does not tell. */
    public static double load() {
        return SYSTEM.getSystemLoadAverage();
    }

    /**
     * Waits until next to nothing runs: what one contender has left to do (vacuum, compaction) is not for the next to
     * pay. Goes on after the limit, which may be zero.
     */
    public static void awaitQuiet(Duration atMost) {
        if (atMost.isZero()) {
            return;
        }
        try {
            // The first answer is about the time before.
            SYSTEM.getCpuLoad();
            Awaiting.until("the machine is quiet", atMost, () -> {
                LockSupport.parkNanos(LOOK.toNanos());
                return SYSTEM.getCpuLoad() < QUIET;
            });
        } catch (HarnessException busy) {
            // Then that is how it is; the load average is in the report.
        }
    }

    /** For the head of a report: processor, cores, memory, kernel, JVM. */
    public static String description() {
        return "%s, %d cores, %d GiB, %s %s, Java %s"
                .formatted(
                        processor(),
                        Runtime.getRuntime().availableProcessors(),
                        SYSTEM.getTotalMemorySize() >> 30,
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        Runtime.version());
    }

    private static String processor() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException notLinux) {
            return System.getProperty("os.arch");
        }
    }
}
