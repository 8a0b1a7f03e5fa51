package io.quittance.executor.connect;

import io.quittance.executor.BuildVersion;
import io.quittance.executor.ExecutorConfig;
import io.quittance.executor.ExecutorPlugin;
import io.quittance.executor.run.DeliveredRecord;
import io.quittance.executor.run.Window;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.jspecify.annotations.Nullable;

/** An executor as a Connect task. A plugin derives its own, with nothing but a constructor. */
public abstract class QuittanceSinkTask extends SinkTask {
    /**
     * Connect calls put() as seldom as once in a commit interval when nothing arrives; this is often enough to commit.
     */
    private static final long CALL_AGAIN_MS = 250;

    private final ExecutorPlugin plugin;
    private final AtomicReference<@Nullable Throwable> broken = new AtomicReference<>();
    private @Nullable Executor executor;
    private final Intake intake = new Intake();

    protected QuittanceSinkTask(ExecutorPlugin plugin) {
        this.plugin = plugin;
    }

    @Override
    public final String version() {
        return BuildVersion.get();
    }

    /** @throws ConnectException on settings an executor cannot work with */
    @Override
    public final void start(Map<String, String> props) {
        QuittanceSinkConnector.refuseViolations(props);
        executor = Executor.open(plugin, new ExecutorConfig(plugin, props), Clock.systemUTC(), this::breakDown);
    }

    @Override
    public final void put(Collection<SinkRecord> records) {
        failIfBroken();
        Executor running = running();
        for (SinkRecord delivered : records) {
            byte @Nullable [] key = bytes(delivered.key());
            String lane = key == null ? delivered.topic() : new String(key, StandardCharsets.UTF_8);
            running.desk().accept(lane, delivered(delivered, key));
        }
        regulate(running.window());
    }

    /** Only offsets below which every completion has been acknowledged by Kafka. */
    @Override
    public final Map<TopicPartition, OffsetAndMetadata> preCommit(
            Map<TopicPartition, OffsetAndMetadata> currentOffsets) {
        failIfBroken();
        Map<TopicPartition, OffsetAndMetadata> committable =
                new HashMap<>(running().window().committable());
        committable.keySet().retainAll(currentOffsets.keySet());
        return committable;
    }

    @Override
    public final void open(Collection<TopicPartition> partitions) {
        intake.opened(context, partitions);
    }

    /** Work that runs for these partitions ends by itself; being idempotent it does no harm beside a redelivery. */
    @Override
    public final void close(Collection<TopicPartition> partitions) {
        if (executor != null) {
            executor.window().forget(partitions);
        }
    }

    @Override
    public final void stop() {
        if (executor != null) {
            executor.close();
            executor = null;
        }
    }

    private void regulate(Window window) {
        intake.regulate(context, window);
        if (window.hasAdvanced()) {
            context.requestCommit();
        }
        if (!window.isEmpty() || intake.isPaused()) {
            context.timeout(CALL_AGAIN_MS);
        }
    }

    private static DeliveredRecord delivered(SinkRecord delivered, byte @Nullable [] key) {
        Object value = delivered.value();
        if (value != null && !(value instanceof byte[])) {
            throw new ConnectException("A record's value came as "
                    + value.getClass().getName() + " where bytes are needed: take out the transforms that change it.");
        }
        // Transformations may rename topics; offsets belong to the original ones.
        return new DeliveredRecord(
                delivered.originalTopic(),
                delivered.originalKafkaPartition(),
                delivered.originalKafkaOffset(),
                delivered.timestamp() == null ? 0L : delivered.timestamp(),
                key,
                (byte[]) value);
    }

    private static byte @Nullable [] bytes(@Nullable Object key) {
        if (key instanceof String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        return key instanceof byte[] raw ? raw : null;
    }

    private void breakDown(Throwable cause) {
        broken.compareAndSet(null, cause);
    }

    private void failIfBroken() {
        Throwable cause = broken.get();
        if (cause != null) {
            throw new ConnectException(
                    "The executor cannot go on (" + cause.getClass().getName()
                            + "). Nothing was skipped: mend it and restart the task.",
                    cause);
        }
    }

    private Executor running() {
        if (executor == null) {
            throw new ConnectException("The executor has not been started.");
        }
        return executor;
    }
}
