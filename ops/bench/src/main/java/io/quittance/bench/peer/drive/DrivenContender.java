package io.quittance.bench.peer.drive;

import io.quittance.bench.contender.Contender;
import io.quittance.bench.contender.Latencies;
import io.quittance.bench.contender.Measured;
import io.quittance.harness.HarnessException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Drives a {@link Workflow} under load from threads of this JVM, which are there only while a run is. Request ids are
 * UUIDs that ascend, so that indices grow at their right edge: in the peer's favour.
 */
public final class DrivenContender implements Contender {
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(60);

    private final String name;
    private final Workflow workflow;
    private final boolean engineInThisJvm;
    private final AtomicLong numbers = new AtomicLong();

    /** @param engineInThisJvm whether the driver's processor time cannot be told from the engine's */
    public DrivenContender(String name, Workflow workflow, boolean engineInThisJvm) {
        this.name = name;
        this.workflow = workflow;
        this.engineInThisJvm = engineInThisJvm;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int inFlight(int usual) {
        return workflow.inFlight(usual);
    }

    @Override
    public Measured closedLoop(Duration warmUp, Duration measured, int inFlight) throws InterruptedException {
        var room = new Semaphore(inFlight);
        var tally = new Tally(room);
        settle();
        try (var crew = new Crew(workflow.parties(tally))) {
            long begin = System.nanoTime();
            long from = begin + warmUp.toNanos();
            long to = from + measured.toNanos();
            tally.window(from, to);
            for (int i = 0; i < workflow.publishers(); i++) {
                crew.add("publisher-" + i, () -> publishAsRoomIs(tally, room, to));
            }
            crew.parkUntil(from);
            long serverCpu = workflow.serverCpuNanos();
            long ownCpu = ownCpuNanos();
            crew.parkUntil(to);
            double seconds = (System.nanoTime() - from) / 1e9;
            double serverCores = (workflow.serverCpuNanos() - serverCpu) / 1e9 / seconds;
            double ownCores = (ownCpuNanos() - ownCpu) / 1e9 / seconds;
            drain(crew, tally);
            return new Measured(
                    tally.finishedInWindow(),
                    measured,
                    tally.submitted(),
                    tally.finished(),
                    tally.doubled(),
                    engineInThisJvm ? Double.NaN : ownCores,
                    engineInThisJvm ? ownCores + serverCores : serverCores,
                    workflow.logCost(tally.submitted()));
        }
    }

    @Override
    public Latencies openLoop(double requestsPerSecond, Duration warmUp, Duration measured)
            throws InterruptedException {
        var tally = new Tally(null);
        settle();
        try (var crew = new Crew(workflow.parties(tally))) {
            long begin = System.nanoTime();
            long from = begin + warmUp.toNanos();
            long to = from + measured.toNanos();
            tally.window(from, to);
            var schedule = new Schedule(begin, to, requestsPerSecond);
            for (int i = 0; i < workflow.publishers(); i++) {
                crew.add("publisher-" + i, () -> publishOnSchedule(tally, schedule));
            }
            crew.parkUntil(to);
            drain(crew, tally);
            return tally.latencies(requestsPerSecond, measured.toNanos() / 1e9);
        }
    }

    @Override
    public void close() {
        workflow.close();
    }

    private int publishAsRoomIs(Tally tally, Semaphore room, long to) throws Exception {
        if (System.nanoTime() >= to) {
            return Crew.DONE;
        }
        if (!room.tryAcquire(1, 10, TimeUnit.MILLISECONDS)) {
            return 0;
        }
        int more = 0;
        while (1 + more < workflow.submitBatch() && room.tryAcquire()) {
            more++;
        }
        var batch = new ArrayList<UUID>(1 + more);
        long now = System.nanoTime();
        for (int i = 0; i <= more; i++) {
            batch.add(request(tally, now));
        }
        workflow.submit(batch);
        return batch.size();
    }

    private int publishOnSchedule(Tally tally, Schedule schedule) throws Exception {
        List<Long> due = schedule.due(workflow.submitBatch());
        if (due.isEmpty()) {
            return schedule.isOver() ? Crew.DONE : 0;
        }
        var batch = new ArrayList<UUID>(due.size());
        for (long at : due) {
            batch.add(request(tally, at));
        }
        workflow.submit(batch);
        return batch.size();
    }

    private UUID request(Tally tally, long due) {
        long number = numbers.incrementAndGet();
        var request = new UUID(number << 16 | 0x7000, 0x8000_0000_0000_0000L | number);
        tally.submitting(request, due);
        return request;
    }

    private static void drain(Crew crew, Tally tally) throws InterruptedException {
        crew.join("publisher-");
        long limit = System.nanoTime() + DRAIN_LIMIT.toNanos();
        while (tally.finished() < tally.submitted() && System.nanoTime() < limit) {
            crew.check();
            LockSupport.parkNanos(1_000_000);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    private void settle() {
        try {
            workflow.settle();
        } catch (Exception e) {
            throw new HarnessException("%s cannot be made ready for a run".formatted(name), e);
        }
    }

    private static long ownCpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
