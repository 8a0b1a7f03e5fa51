package io.quittance.executor.grant;

import io.quittance.executor.TaskFailure;
import io.quittance.schema.Freeze;
import io.quittance.schema.Task;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The freezes topic as far as it has been read to an end. Freezes are lifted too, so what is read anew from the
 * beginning counts only once it is whole.
 */
public final class StandingFreezes implements OrderMemory {
    private static final Logger log = LoggerFactory.getLogger(StandingFreezes.class);

    private final String topic;
    private final Deserializer<Freeze> deserializer;
    private final Clock clock;
    private final Map<String, Freeze> reading = new HashMap<>();
    private volatile List<Freeze> standing = List.of();

    public StandingFreezes(String topic, Deserializer<Freeze> deserializer, Clock clock) {
        this.topic = topic;
        this.deserializer = deserializer;
        this.clock = clock;
    }

    /** Returns if no freeze that has been read so far stops the task. */
    void ensureNotFrozen(Task task) throws TaskFailure {
        Instant now = clock.instant();
        if (standing.stream().anyMatch(freeze -> stops(freeze, task, now))) {
            throw TaskFailure.refused(GrantCheck.FROZEN, "A freeze is in force: the work stands still by order.");
        }
    }

    @Override
    public String topic() {
        return topic;
    }

    @Override
    public void startOver() {
        reading.clear();
    }

    @Override
    public void remember(ConsumerRecord<byte[], byte[]> entry) {
        if (entry.key() == null) {
            log.atError().addKeyValue("offset", entry.offset()).log("freeze without a key left aside");
            return;
        }
        String key = new String(entry.key(), StandardCharsets.UTF_8);
        if (entry.value() == null) {
            reading.remove(key);
        } else {
            reading.put(key, read(entry));
        }
    }

    @Override
    public void caughtUp() {
        standing = List.copyOf(reading.values());
    }

    @Override
    public void close() {
        deserializer.close();
    }

    private Freeze read(ConsumerRecord<byte[], byte[]> entry) {
        try {
            @Nullable Freeze freeze = deserializer.deserialize(topic, entry.value());
            if (freeze != null && namesSomething(freeze)) {
                return freeze;
            }
        } catch (SerializationException unreadable) {
            // Somebody ordered a stop, and nobody can read of what.
        }
        log.atError().addKeyValue("offset", entry.offset()).log("freeze unreadable, everything is stopped");
        return Freeze.newBuilder()
                .setName("")
                .setEverything(true)
                .setReason("")
                .setIssuedBy("")
                .setIssuedAt(Instant.EPOCH)
                .build();
    }

    private static boolean namesSomething(Freeze freeze) {
        return freeze.getEverything()
                || !freeze.getSystems().isEmpty()
                || !freeze.getRegimes().isEmpty()
                || !freeze.getPolicies().isEmpty();
    }

    private static boolean stops(Freeze freeze, Task task, Instant now) {
        boolean over = freeze.getUntil() != null && !now.isBefore(freeze.getUntil());
        return !over
                && (freeze.getEverything()
                        || freeze.getSystems().contains(task.getSystem())
                        || freeze.getRegimes().contains(task.getRegime())
                        || stopsPolicyOf(task, freeze.getPolicies()));
    }

    /** A task from a pipeline that does not name its policy yet may go by any. */
    private static boolean stopsPolicyOf(Task task, List<String> policies) {
        return task.getPolicy() == null ? !policies.isEmpty() : policies.contains(task.getPolicy());
    }
}
