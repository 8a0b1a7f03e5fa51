package io.quittance.streams.app;

import io.quittance.contract.ContractSerdes;
import io.quittance.contract.TopicKey.PartitionRule;
import io.quittance.contract.Topics;
import io.quittance.harness.KafkaCluster;
import io.quittance.harness.RegistryProcess;
import io.quittance.schema.Action;
import io.quittance.schema.ApprovalPrompt;
import io.quittance.schema.AuditRecord;
import io.quittance.schema.DeadLetter;
import io.quittance.schema.Task;
import io.quittance.schema.Verdict;
import io.quittance.streams.config.AppConfig;
import io.quittance.streams.fixture.Documents;
import io.quittance.streams.fixture.Events;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline on real parts, seen from outside: publishes what publishers, approvers and executors would, and reads what
 * comes out, committed records only.
 */
final class RealPipeline implements AutoCloseable {
    static final int PARTITIONS = 3;
    static final List<String> SYSTEMS = List.of("shop", "index");

    final Topics topics;

    private final String name;
    private final KafkaCluster kafka;
    private final Map<String, String> serdeConfig;
    private final KafkaProducer<String, byte[]> producer;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Map<String, Queue<ConsumerRecord<String, byte[]>>> seen = new ConcurrentHashMap<>();
    private final Queue<Task> unanswered = new ConcurrentLinkedQueue<>();
    private final Thread reader;
    private volatile boolean executing;

    RealPipeline(String name, KafkaCluster kafka, RegistryProcess registry) {
        this.name = name;
        this.kafka = kafka;
        this.topics = Topics.withPrefix(name + ".");
        this.serdeConfig = Map.of("schema.registry.url", registry.url());
        createTopics(kafka, topics, SYSTEMS, PARTITIONS);
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer());
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", kafka.bootstrapServers(),
                        "isolation.level", "read_committed",
                        "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        this.reader = new Thread(this::readOn, "reader-" + name);
        publish(topics.policies(), "default", Documents.policy(1));
        publish(topics.systems(), "shop", Documents.system("shop", 1));
        publish(topics.systems(), "index", Documents.system("index", 1, "shop"));
        reader.start();
    }

    static void createTopics(KafkaCluster kafka, Topics topics, List<String> systems, int partitions) {
        Map<Boolean, List<String>> byOne = topics.all(systems).stream()
                .collect(Collectors.partitioningBy(
                        topic -> topic.spec().key().partitions() == PartitionRule.ONE,
                        Collectors.mapping(Topics.Topic::name, Collectors.toList())));
        kafka.createTopics(1, byOne.get(true).toArray(String[]::new));
        kafka.createTopics(partitions, byOne.get(false).toArray(String[]::new));
    }

    /** What an instance is configured with; fails over in seconds rather than minutes. */
    Map<String, String> properties(Path stateDirectory) {
        var properties = new HashMap<String, String>();
        properties.put("bootstrap.servers", kafka.bootstrapServers());
        properties.putAll(serdeConfig);
        properties.put("application.id", name);
        properties.put("topic.prefix", topics.prefix());
        properties.put("state.dir", stateDirectory.toString());
        properties.put("http.port", "0");
        properties.put("num.standby.replicas", "0");
        properties.put("commit.interval.ms", "50");
        properties.put("punctuate.interval.ms", "100");
        properties.put("reachable.systems.poll", "PT1S");
        properties.put("consumer.session.timeout.ms", "6000");
        properties.put("consumer.heartbeat.interval.ms", "1000");
        properties.put("producer.transaction.timeout.ms", "5000");
        return properties;
    }

    QuittanceApp instance(Path stateDirectory) {
        return new QuittanceApp(AppConfig.from(properties(stateDirectory)));
    }

    /** From now on every task is answered, those that have come before too. */
    void startExecuting() {
        executing = true;
    }

    /** From now on tasks lie unanswered until {@link #startExecuting}. */
    void stopExecuting() {
        executing = false;
    }

    void submit(String requestId, String subjectId, Action action) {
        publish(
                topics.requests(),
                subjectId,
                Events.submit(requestId, subjectId, action, Map.of("email", subjectId + "@example.org")));
    }

    void approve(ApprovalPrompt prompt) {
        publish(topics.decisions(), prompt.getSubjectId(), approval(prompt));
    }

    static SpecificRecord approval(ApprovalPrompt prompt) {
        return Events.decide(
                prompt.getRequestId(), prompt.getSubjectId(), Verdict.APPROVE, "approver-1", prompt.getPlanSha256());
    }

    void publish(String topic, @Nullable String key, SpecificRecord value) {
        publish(topic, key, bytes(topic, value));
    }

    void publish(String topic, @Nullable String key, byte @Nullable [] value) {
        Future<RecordMetadata> sent = producer.send(new ProducerRecord<>(topic, key, value));
        try {
            sent.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        } catch (ExecutionException failure) {
            throw new IllegalStateException(failure);
        }
    }

    List<AuditRecord> audits(String requestId) {
        return read(topics.audit(), AuditRecord.class).stream()
                .filter(audit -> audit.getRequestId().equals(requestId))
                .toList();
    }

    List<AuditRecord> closedAudits() {
        return read(topics.audit(), AuditRecord.class).stream()
                .filter(AuditRecord::getClosed)
                .toList();
    }

    List<ApprovalPrompt> prompts() {
        return read(topics.approvals(), ApprovalPrompt.class);
    }

    List<ApprovalPrompt> prompts(String requestId) {
        return prompts().stream()
                .filter(prompt -> prompt.getRequestId().equals(requestId))
                .toList();
    }

    List<Task> tasks(String system) {
        return read(topics.tasks(system), Task.class);
    }

    List<DeadLetter> deadLetters() {
        return read(topics.deadLetters(), DeadLetter.class);
    }

    <T extends SpecificRecord> List<T> read(String topic, Class<T> type) {
        try (var serde = ContractSerdes.of(type, serdeConfig)) {
            var deserializer = serde.deserializer();
            return seen.getOrDefault(topic, new ConcurrentLinkedQueue<>()).stream()
                    .filter(record -> record.value() != null)
                    .map(record -> deserializer.deserialize(topic, record.value()))
                    .toList();
        }
    }

    @SuppressWarnings("unchecked")
    <T extends SpecificRecord> byte[] bytes(String topic, T value) {
        try (var serde = ContractSerdes.of((Class<T>) value.getClass(), serdeConfig)) {
            return serde.serializer().serialize(topic, value);
        }
    }

    @Override
    public void close() throws InterruptedException {
        consumer.wakeup();
        reader.join();
        producer.close();
    }

    private void readOn() {
        try (consumer;
                var tasks = ContractSerdes.of(Task.class, serdeConfig)) {
            consumer.assign(topics.all(SYSTEMS).stream()
                    .flatMap(topic -> consumer.partitionsFor(topic.name()).stream())
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList());
            consumer.seekToBeginning(consumer.assignment());
            while (true) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(50))) {
                    if (record.topic().startsWith(topics.prefix() + "tasks.")) {
                        unanswered.add(tasks.deserializer().deserialize(record.topic(), record.value()));
                    }
                    seen.computeIfAbsent(record.topic(), topic -> new ConcurrentLinkedQueue<>())
                            .add(record);
                }
                answer();
            }
        } catch (WakeupException closing) {
            // Asked to stop.
        }
    }

    private void answer() {
        while (executing && !unanswered.isEmpty()) {
            Task task = unanswered.remove();
            publish(topics.completions(), task.getSubjectId(), Events.done(task));
        }
    }
}
