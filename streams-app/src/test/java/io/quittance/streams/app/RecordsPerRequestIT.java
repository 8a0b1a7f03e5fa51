package io.quittance.streams.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.contract.ContractSerdes;
import io.quittance.contract.SpecificAvroSerde;
import io.quittance.contract.Topics;
import io.quittance.harness.KafkaCluster;
import io.quittance.harness.RegistryProcess;
import io.quittance.harness.junit.WithHarness;
import io.quittance.schema.Action;
import io.quittance.schema.ApprovalPrompt;
import io.quittance.schema.AuditRecord;
import io.quittance.schema.Task;
import io.quittance.schema.Verdict;
import io.quittance.streams.config.AppConfig;
import io.quittance.streams.fixture.Documents;
import io.quittance.streams.fixture.Events;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a request costs in log records: the end offsets of every topic, changelogs and transaction markers included,
 * over many requests with one approval and four systems each. ARCHITECTURE.md states the figure.
 */
@WithHarness
class RecordsPerRequestIT {
    private static final int REQUESTS = 1_000;
    /** Without transaction markers, which depend on how many requests share a commit. */
    private static final double MOST_RECORDS_PER_REQUEST = 23;

    private static final int PARTITIONS = 4;
    private static final List<String> SYSTEMS = List.of("shop", "billing", "mail", "index");
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Topics TOPICS = Topics.withPrefix("lean.");

    @Test
    void aRequestWithOneApprovalAndFourSystemsIsLean(KafkaCluster kafka, RegistryProcess registry, @TempDir Path state)
            throws Exception {
        RealPipeline.createTopics(kafka, TOPICS, SYSTEMS, PARTITIONS);
        try (var load = new Load(kafka.bootstrapServers(), registry.url());
                var app = new QuittanceApp(AppConfig.from(Map.of(
                        "bootstrap.servers", kafka.bootstrapServers(),
                        "schema.registry.url", registry.url(),
                        "application.id", "lean",
                        "topic.prefix", TOPICS.prefix(),
                        "state.dir", state.toString(),
                        "num.standby.replicas", "0",
                        "http.port", "0")))) {
            load.publishReferences();
            app.start();
            assertThat(app.awaitRunning(Duration.ofSeconds(60))).isTrue();
            load.run();

            Map<String, Long> offsets = endOffsets(kafka);
            Map<String, Long> records = load.count(offsets.keySet());
            report(offsets, records);
            assertThat(perRequest(sum(records))).isLessThanOrEqualTo(MOST_RECORDS_PER_REQUEST);
            assertThat(offsets.keySet()).noneMatch(topic -> topic.endsWith("-repartition"));
            assertThat(offsets)
                    .as("what no limit is on pays nothing for limits")
                    .containsEntry(TOPICS.limitClaims(), 0L)
                    .containsEntry(TOPICS.limitPermits(), 0L)
                    .containsEntry("lean-limit-ledger-changelog", 0L);
        }
    }

    private static void report(Map<String, Long> offsets, Map<String, Long> records) {
        System.out.printf("%-30s %8s %8s   per request%n", "topic", "offsets", "records");
        offsets.forEach((topic, end) -> {
            if (end > 0) {
                System.out.printf(
                        "%-30s %8.2f %8.2f%n", topic, perRequest(end), perRequest(records.getOrDefault(topic, 0L)));
            }
        });
        System.out.printf("%-30s %8.2f %8.2f%n", "all", perRequest(sum(offsets)), perRequest(sum(records)));
    }

    private static double perRequest(long count) {
        return count / (double) REQUESTS;
    }

    private static long sum(Map<String, Long> records) {
        return records.values().stream().mapToLong(Long::longValue).sum();
    }

    /** End offsets of the pipeline's topics and its changelogs, summed over partitions. */
    private static Map<String, Long> endOffsets(KafkaCluster kafka) throws InterruptedException, ExecutionException {
        try (Admin admin = kafka.admin()) {
            Set<String> names = admin.listTopics(new ListTopicsOptions().listInternal(true)).names().get().stream()
                    .filter(name -> name.startsWith("lean"))
                    .collect(Collectors.toSet());
            Map<TopicPartition, OffsetSpec> latest = admin.describeTopics(names).allTopicNames().get().values().stream()
                    .flatMap(topic -> topic.partitions().stream()
                            .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                    .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
            return admin.listOffsets(latest).all().get().entrySet().stream()
                    .collect(Collectors.groupingBy(
                            entry -> entry.getKey().topic(),
                            TreeMap::new,
                            Collectors.summingLong(entry -> entry.getValue().offset())));
        }
    }

    /** Publishers, approvers and executors in one loop: everything that comes is answered at once. */
    private static final class Load implements AutoCloseable {
        private final Map<String, String> serdeConfig;
        private final Map<Class<?>, SpecificAvroSerde<?>> serdes = new HashMap<>();
        private final KafkaProducer<String, byte[]> producer;
        private final KafkaConsumer<String, byte[]> consumer;
        private final Set<String> closed = new HashSet<>();

        Load(String bootstrapServers, String registryUrl) {
            serdeConfig = Map.of("schema.registry.url", registryUrl);
            producer = new KafkaProducer<>(
                    Map.of("bootstrap.servers", bootstrapServers), new StringSerializer(), new ByteArraySerializer());
            consumer = new KafkaConsumer<>(
                    Map.of(
                            "bootstrap.servers", bootstrapServers,
                            "isolation.level", "read_committed",
                            "auto.offset.reset", "earliest"),
                    new StringDeserializer(),
                    new ByteArrayDeserializer());
        }

        void publishReferences() {
            publish(TOPICS.policies(), "default", Documents.policy(1));
            SYSTEMS.forEach(system -> publish(TOPICS.systems(), system, Documents.system(system, 1)));
            producer.flush();
        }

        void run() {
            consumer.assign(TOPICS.all(SYSTEMS).stream()
                    .map(Topics.Topic::name)
                    .filter(name -> name.equals(TOPICS.approvals())
                            || name.equals(TOPICS.audit())
                            || name.startsWith(TOPICS.prefix() + "tasks."))
                    .flatMap(name -> consumer.partitionsFor(name).stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList());
            for (int i = 0; i < REQUESTS; i++) {
                publish(
                        TOPICS.requests(),
                        "subject-" + i,
                        Events.submit("request-" + i, "subject-" + i, Action.DELETE, Map.of("customer_id", "c" + i)));
            }
            long deadline = System.nanoTime() + LIMIT.toNanos();
            while (closed.size() < REQUESTS) {
                assertThat(System.nanoTime()).as("all closed in time").isLessThan(deadline);
                consumer.poll(Duration.ofMillis(20)).forEach(this::answer);
            }
        }

        /** Records in these topics, without transaction markers. */
        Map<String, Long> count(Collection<String> topics) {
            consumer.assign(topics.stream()
                    .flatMap(name -> consumer.partitionsFor(name).stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList());
            consumer.seekToBeginning(consumer.assignment());
            Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
            Map<String, Long> counts = new TreeMap<>();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> counts.merge(record.topic(), 1L, Long::sum));
            }
            return counts;
        }

        private void answer(ConsumerRecord<String, byte[]> record) {
            if (record.value() == null) {
                return;
            }
            if (record.topic().equals(TOPICS.approvals())) {
                ApprovalPrompt prompt = read(record, ApprovalPrompt.class);
                publish(
                        TOPICS.decisions(),
                        prompt.getSubjectId(),
                        Events.decide(
                                prompt.getRequestId(),
                                prompt.getSubjectId(),
                                Verdict.APPROVE,
                                "approver-1",
                                prompt.getPlanSha256()));
            } else if (record.topic().equals(TOPICS.audit())) {
                AuditRecord audit = read(record, AuditRecord.class);
                if (audit.getClosed()) {
                    closed.add(audit.getRequestId());
                }
            } else {
                Task task = read(record, Task.class);
                publish(TOPICS.completions(), task.getSubjectId(), Events.done(task));
            }
        }

        private <T extends SpecificRecord> T read(ConsumerRecord<String, byte[]> record, Class<T> type) {
            return serde(type).deserializer().deserialize(record.topic(), record.value());
        }

        @SuppressWarnings("unchecked")
        private <T extends SpecificRecord> void publish(String topic, String key, T value) {
            byte[] bytes = serde((Class<T>) value.getClass()).serializer().serialize(topic, value);
            producer.send(new ProducerRecord<>(topic, key, bytes));
        }

        /** Kept, because each has a registry client that asks once. */
        @SuppressWarnings("unchecked")
        private <T extends SpecificRecord> SpecificAvroSerde<T> serde(Class<T> type) {
            return (SpecificAvroSerde<T>) serdes.computeIfAbsent(type, any -> ContractSerdes.of(type, serdeConfig));
        }

        @Override
        public void close() {
            producer.close();
            consumer.close();
            serdes.values().forEach(SpecificAvroSerde::close);
        }
    }
}
