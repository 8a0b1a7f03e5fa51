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
import java.util.Set;

/** The parts of one test JVM: each started when first asked for, all stopped together, last started first. */
final class SharedParts implements AutoCloseable {
    static final Set<Class<?>> TYPES =
            Set.of(KafkaCluster.class, RegistryProcess.class, PostgresProcess.class, S3Process.class);

    private final Reaper reaper = Reaper.temporary(Path.of("target", "harness"));
    private final Map<Class<?>, Object> parts = new HashMap<>();
    private final Deque<Runnable> stops = new ArrayDeque<>();

    /** The part of this type, one of {@link #TYPES}; started now unless it runs. */
    synchronized Object get(Class<?> type) {
        Object running = parts.get(type);
        if (running != null) {
            return running;
        }
        Object part = start(type);
        parts.put(type, part);
        return part;
    }

    @Override
    public synchronized void close() {
        try {
            stops.forEach(Runnable::run);
        } finally {
            reaper.close();
        }
    }

    private Object start(Class<?> type) {
        if (type == KafkaCluster.class) {
            var kafka = KafkaCluster.start(reaper.directory().resolve("kafka"), KafkaCluster.Options.defaults());
            stops.push(kafka::close);
            return kafka;
        }
        if (type == RegistryProcess.class) {
            var registry = RegistryProcess.start(reaper, RegistryProcess.Options.defaults());
            stops.push(registry::close);
            return registry;
        }
        if (type == PostgresProcess.class) {
            var postgres = PostgresProcess.start(reaper, PostgresProcess.Options.defaults());
            stops.push(postgres::close);
            return postgres;
        }
        if (type == S3Process.class) {
            var s3 = S3Process.start(reaper, S3Process.Options.defaults());
            stops.push(s3::close);
            return s3;
        }
        throw new IllegalArgumentException("no shared part of type " + type.getName());
    }
}
