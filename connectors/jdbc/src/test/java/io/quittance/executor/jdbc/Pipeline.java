package io.quittance.executor.jdbc;

import io.quittance.contract.ContractSerdes;
import io.quittance.contract.Topics;
import io.quittance.harness.KafkaCluster;
import io.quittance.harness.RegistryProcess;
import io.quittance.schema.Completion;
import io.quittance.schema.DeadLetter;
import io.quittance.schema.Freeze;
import io.quittance.schema.Revocation;
import io.quittance.schema.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** The pipeline's side of the topics: writes tasks and revocations, reads what an executor answers. */
final class Pipeline implements AutoCloseable {
    private static final int TASK_PARTITIONS = 2;

    private final KafkaCluster kafka;
    private final Topics topics;
    private final Map<String, String> serdes;
    private final KafkaProducer<String, byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<Completion> completions = new ArrayList<>();
    private final List<DeadLetter> deadLetters = new ArrayList<>();
    private final Deserializer<Completion> readCompletion;
    private final Deserializer<DeadLetter> readDeadLetter;

    Pipeline(KafkaCluster kafka, RegistryProcess registry, String prefix) {
        this.kafka = kafka;
        this.topics = Topics.withPrefix(prefix);
        this.serdes = Map.of("schema.registry.url", registry.url());
        kafka.createTopics(TASK_PARTITIONS, topics.tasks("shop"));
        kafka.createTopics(1, topics.completions(), topics.deadLetters());
        this.producer = new KafkaProducer<>(swelling(client()), new StringSerializer(), new ByteArraySerializer());
        this.consumer = new KafkaConsumer<>(client(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.readCompletion = ContractSerdes.of(Completion.class, serdes).deserializer();
        this.readDeadLetter = ContractSerdes.of(DeadLetter.class, serdes).deserializer();
        Set<TopicPartition> answers =
                Set.of(new TopicPartition(topics.completions(), 0), new TopicPartition(topics.deadLetters(), 0));
        consumer.assign(answers);
        consumer.seekToBeginning(answers);
    }

    /** Without them every task fails closed. */
    Pipeline withOrders() {
        kafka.createTopics(1, topics.revocations(), topics.freezes());
        return this;
    }

    Topics topics() {
        return topics;
    }

    /** Makes Kafka refuse every completion, or take them again. */
    void limitCompletions(int bytes) throws Exception {
        try (var admin = kafka.admin()) {
            ConfigResource completionsTopic = new ConfigResource(ConfigResource.Type.TOPIC, topics.completions());
            AlterConfigOp limit = new AlterConfigOp(
                    new ConfigEntry("max.message.bytes", String.valueOf(bytes)), AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(Map.of(completionsTopic, List.of(limit)))
                    .all()
                    .get();
        }
    }

    void issue(Task task) {
        send(producer, task);
    }

    /** To one partition, whatever the subject. */
    void issueInOrder(Task... tasks) {
        String topic = topics.tasks("shop");
        for (Task task : tasks) {
            var unused =
                    producer.send(new ProducerRecord<>(topic, 0, task.getSubjectId(), bytes(Task.class, topic, task)));
        }
        producer.flush();
    }

    void issueAndAbort(Task task) {
        inTransaction(transactional -> {
            send(transactional, task);
            transactional.abortTransaction();
        });
    }

    void issueBytes(byte[] value) {
        send(producer, topics.tasks("shop"), "subject-1", value);
    }

    /** In a transaction, as the pipeline does: its marker takes an offset of its own. */
    void revoke(Task task) {
        Revocation revocation = Revocation.newBuilder()
                .setGrantId(task.getGrant().getGrantId())
                .setRequestId(task.getRequestId())
                .setSubjectId(task.getSubjectId())
                .setRevokedAt(task.getIssuedAt())
                .setGrantNotAfter(task.getGrant().getNotAfter())
                .setCode("REVOKED")
                .build();
        byte[] value = bytes(Revocation.class, topics.revocations(), revocation);
        inTransaction(transactional -> {
            send(transactional, topics.revocations(), task.getSubjectId(), value);
            transactional.commitTransaction();
        });
    }

    /** Operators write without transactions; returns when the record is acknowledged. */
    void freeze(String name) {
        Freeze freeze = Freeze.newBuilder()
                .setName(name)
                .setSystems(List.of("shop"))
                .setReason("incident")
                .setIssuedBy("ops-1")
                .setIssuedAt(Instant.now())
                .build();
        send(producer, topics.freezes(), name, bytes(Freeze.class, topics.freezes(), freeze));
    }

    void lift(String name) {
        send(producer, topics.freezes(), name, null);
    }

    private void inTransaction(Consumer<KafkaProducer<String, byte[]>> work) {
        Map<String, Object> properties = client();
        properties.put("transactional.id", "pipeline");
        try (KafkaProducer<String, byte[]> transactional =
                new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer())) {
            transactional.initTransactions();
            transactional.beginTransaction();
            work.accept(transactional);
        }
    }

    /** Completions of this task so far. */
    List<Completion> completions(Task task) {
        read();
        return completions.stream()
                .filter(completion -> completion.getTaskId().equals(task.getTaskId()))
                .toList();
    }

    List<DeadLetter> deadLetters() {
        read();
        return deadLetters;
    }

    /** How many records of the tasks topic are not yet committed by this connector. */
    long lag(String connector) throws Exception {
        try (var admin = kafka.admin()) {
            var committed = admin.listConsumerGroupOffsets("connect-" + connector)
                    .partitionsToOffsetAndMetadata()
                    .get();
            long lag = 0;
            for (int partition = 0; partition < TASK_PARTITIONS; partition++) {
                TopicPartition tasks = new TopicPartition(topics.tasks("shop"), partition);
                long end = consumer.endOffsets(Set.of(tasks)).get(tasks);
                lag += end
                        - (committed.containsKey(tasks) ? committed.get(tasks).offset() : 0);
            }
            return lag;
        }
    }

    Map<String, String> connectorConfig() {
        Map<String, String> config = new HashMap<>();
        config.put("connector.class", JdbcExecutorConnector.class.getName());
        config.put("tasks.max", "1");
        config.put("topics", topics.tasks("shop"));
        config.put("topics.prefix", topics.prefix());
        config.put("system", "shop");
        config.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
        config.put("value.converter", "org.apache.kafka.connect.converters.ByteArrayConverter");
        config.put("consumer.override.isolation.level", "read_committed");
        config.put("consumer.override.auto.offset.reset", "earliest");
        config.put("kafka.bootstrap.servers", kafka.bootstrapServers());
        config.putAll(serdes);
        return config;
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
    }

    private void read() {
        consumer.poll(Duration.ofMillis(100)).forEach(answer -> {
            if (answer.topic().equals(topics.completions())) {
                completions.add(readCompletion.deserialize(answer.topic(), answer.value()));
            } else {
                deadLetters.add(readDeadLetter.deserialize(answer.topic(), answer.value()));
            }
        });
    }

    private void send(KafkaProducer<String, byte[]> by, Task task) {
        String topic = topics.tasks("shop");
        send(by, topic, task.getSubjectId(), bytes(Task.class, topic, task));
    }

    private static void send(KafkaProducer<String, byte[]> by, String topic, String key, byte @Nullable [] value) {
        var unused = by.send(new ProducerRecord<>(topic, key, value));
        by.flush();
    }

    private <T extends SpecificRecord> byte[] bytes(Class<T> type, String topic, T value) {
        return ContractSerdes.of(type, serdes).serializer().serialize(topic, value);
    }

    /** Brokers count what is compressed, so that more than they take can reach an executor. */
    private static Map<String, Object> swelling(Map<String, Object> producer) {
        producer.put("compression.type", "gzip");
        producer.put("max.request.size", 4 * 1024 * 1024);
        return producer;
    }

    private Map<String, Object> client() {
        return new HashMap<>(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }
}
