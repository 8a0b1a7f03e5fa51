package io.quittance.harness;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.sink.SinkConnector;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;

/** A connector that counts what it was given, by the name it was configured with. */
public final class CountingSink extends SinkConnector {
    static final Map<String, AtomicInteger> COUNTS = new ConcurrentHashMap<>();

    private Map<String, String> config = Map.of();

    @Override
    public void start(Map<String, String> given) {
        config = Map.copyOf(given);
        if (given.containsKey("refuse")) {
            throw new ConfigException("told to refuse");
        }
    }

    @Override
    public Class<? extends Task> taskClass() {
        return Counter.class;
    }

    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        return List.of(config);
    }

    @Override
    public void stop() {}

    @Override
    public ConfigDef config() {
        return new ConfigDef()
                .define("count", ConfigDef.Type.STRING, ConfigDef.Importance.HIGH, "Name to count under.");
    }

    @Override
    public String version() {
        return "test";
    }

    /** Counts. */
    public static final class Counter extends SinkTask {
        private AtomicInteger count = new AtomicInteger();

        @Override
        public void start(Map<String, String> config) {
            count = COUNTS.computeIfAbsent(Objects.requireNonNull(config.get("count")), it -> new AtomicInteger());
        }

        @Override
        public void put(Collection<SinkRecord> records) {
            count.addAndGet(records.size());
        }

        @Override
        public void stop() {}

        @Override
        public String version() {
            return "test";
        }
    }
}
