package io.quittance.bench.process;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;

/** Processor time between two moments: of this JVM, and of some children. */
public final class CpuMeter {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final List<ChildJvm> children;
    private final long startedAt = System.nanoTime();
    private final long ownBefore = SYSTEM.getProcessCpuTime();
    private final List<Duration> childrenBefore;

    private CpuMeter(List<ChildJvm> children) {
        this.children = children;
        this.childrenBefore = children.stream().map(ChildJvm::processorTime).toList();
    }

    public static CpuMeter start(List<ChildJvm> children) {
        return new CpuMeter(List.copyOf(children));
    }

    /** Cores that were busy since the start. */
    public Cores stop() {
        double elapsed = System.nanoTime() - startedAt;
        double own = (SYSTEM.getProcessCpuTime() - ownBefore) / elapsed;
        var each = new double[children.size()];
        for (int i = 0; i < each.length; i++) {
            each[i] =
                    children.get(i).processorTime().minus(childrenBefore.get(i)).toNanos() / elapsed;
        }
        return new Cores(own, each);
    }

    /**
     * @param own this JVM's
     * @param children in the order given
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Cores(double own, double[] children) {}
}
