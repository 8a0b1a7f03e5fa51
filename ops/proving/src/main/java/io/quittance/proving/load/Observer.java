package io.quittance.proving.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quittance.contract.ContractSerdes;
import io.quittance.proving.history.Act;
import io.quittance.proving.history.Act.Kind;
import io.quittance.proving.history.JsonLines;
import io.quittance.schema.ApprovalPrompt;
import io.quittance.schema.AuditRecord;
import io.quittance.schema.Revocation;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads what is committed, as approvers and compliance do, and notes when a revocation could be read. */
final class Observer implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Events events;
    private final JsonLines.Writer<Act> acts;
    private final Clock clock;
    private final Deserializer<ApprovalPrompt> prompts;
    private final Deserializer<AuditRecord> audits;
    private final Deserializer<Revocation> revocations;
    private final Consumer<ApprovalPrompt> onPrompt;
    private final Consumer<AuditRecord> onClosed;
    private final Consumer<RuntimeException> onFailure;
    private final Set<String> closedRequests = ConcurrentHashMap.newKeySet();
    private final Set<String> wantedPrompts = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private volatile boolean stopping;

    Observer(
            String bootstrapServers,
            String registryUrl,
            Events events,
            JsonLines.Writer<Act> acts,
            Clock clock,
            Consumer<ApprovalPrompt> onPrompt,
            Consumer<AuditRecord> onClosed,
            Consumer<RuntimeException> onFailure) {
        this.events = events;
        this.acts = acts;
        this.clock = clock;
        this.onPrompt = onPrompt;
        this.onClosed = onClosed;
        this.onFailure = onFailure;
        this.prompts = deserializer(ApprovalPrompt.class, registryUrl);
        this.audits = deserializer(AuditRecord.class, registryUrl);
        this.revocations = deserializer(Revocation.class, registryUrl);
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : List.of(events.topics.approvals(), events.topics.audit(), events.topics.revocations())) {
            IntStream.range(0, Estate.PARTITIONS).forEach(number -> partitions.add(new TopicPartition(topic, number)));
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        this.thread = new Thread(this::follow, "proving-observer");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    boolean isClosed(String requestId) {
        return closedRequests.contains(requestId);
    }

    /** Prompts that have not been taken back. */
    int openPrompts() {
        return wantedPrompts.size();
    }

    @Override
    public void close() {
        stopping = true;
        try {
            thread.join(POLL.multipliedBy(100).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow() {
        try (consumer) {
            while (!stopping) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    patiently(record);
                }
            }
        } catch (RuntimeException failure) {
            onFailure.accept(failure);
        }
    }

    /** A registry that is away must not cost a record. */
    private void patiently(ConsumerRecord<byte[], byte[]> record) {
        while (!stopping) {
            try {
                take(record);
                return;
            } catch (RetriableException away) {
                consumer.pause(consumer.assignment());
                consumer.poll(POLL);
                consumer.resume(consumer.assignment());
            }
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        try {
            if (record.topic().equals(events.topics.approvals())) {
                prompt(record);
            } else if (record.value() == null) {
                return;
            } else if (record.topic().equals(events.topics.audit())) {
                audit(audits.deserialize(record.topic(), record.value()));
            } else {
                revocation(revocations.deserialize(record.topic(), record.value()));
            }
        } catch (SerializationException notOne) {
            // Whatever that is, the checker will see it.
            return;
        }
    }

    private void prompt(ConsumerRecord<byte[], byte[]> record) {
        String requestId = new String(record.key(), UTF_8);
        if (record.value() == null) {
            wantedPrompts.remove(requestId);
            return;
        }
        ApprovalPrompt prompt = prompts.deserialize(record.topic(), record.value());
        wantedPrompts.add(requestId);
        onPrompt.accept(prompt);
    }

    private void audit(AuditRecord audit) {
        if (audit.getClosed() && closedRequests.add(audit.getRequestId())) {
            onClosed.accept(audit);
        }
    }

    private void revocation(Revocation revocation) {
        acts.write(new Act(
                clock.millis(),
                null,
                Kind.REVOCATION_SEEN,
                revocation.getRequestId(),
                revocation.getSubjectId(),
                "",
                null,
                List.of(),
                Map.of("grant", revocation.getGrantId(), "code", revocation.getCode())));
    }

    private static <T extends SpecificRecord> Deserializer<T> deserializer(Class<T> type, String registryUrl) {
        return ContractSerdes.of(type, Map.of("schema.registry.url", registryUrl))
                .deserializer();
    }
}
