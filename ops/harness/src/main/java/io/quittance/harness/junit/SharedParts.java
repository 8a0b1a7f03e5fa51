package io.quittance.harness.junit;

import io.quittance.harness.KafkaCluster;
import io.quittance.harness.PostgresProcess;
import io.quittance.harness.Reaper;
import io.quittance.harness.RegistryProcess;
import io.quittance.harness.S3Process;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The parts of one test JVM: each started when first asked for, all stopped together, last started first. */
final class SharedParts implements AutoCloseable {
    private final Reaper reaper = Reaper.hold(
            Path.of("target", "harness", Long.toString(ProcessHandle.current().pid())));
    private final Map<Class<?>, Object> parts = new HashMap<>();
    private final Deque<AutoCloseable> started = new ArrayDeque<>();

    private final Map<Class<?>, Supplier<AutoCloseable>> starters = Map.of(
            KafkaCluster.class,
            () -> KafkaCluster.start(reaper.directory().resolve("kafka"), KafkaCluster.Options.defaults()),
            RegistryProcess.class,
            () -> RegistryProcess.start(reaper, RegistryProcess.Options.defaults()),
            PostgresProcess.class,
            () -> PostgresProcess.start(reaper, PostgresProcess.Options.defaults()),
            S3Process.class,
            () -> S3Process.start(reaper, S3Process.Options.defaults()));

    synchronized Object get(Class<?> type) {
        Object running = parts.get(type);
        if (running != null) {
            return running;
        }
        var starter = starters.get(type);
        if (starter == null) {
            throw new IllegalArgumentException("no shared part of type " + type.getName());
        }
        AutoCloseable part = starter.get();
        started.push(part);
        parts.put(type, part);
        return part;
    }

    @Override
    public synchronized void close() throws Exception {
        try {
            for (AutoCloseable part : started) {
                part.close();
            }
        } finally {
            reaper.close();
        }
    }
}
