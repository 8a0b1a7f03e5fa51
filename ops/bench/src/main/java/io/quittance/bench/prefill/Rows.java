package io.quittance.bench.prefill;

import io.quittance.bench.pipeline.LogSize;
import io.quittance.bench.pipeline.Pipeline;
import io.quittance.bench.pipeline.PipelineTopics;
import io.quittance.bench.wire.RequestNumber;
import io.quittance.harness.HarnessException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * What the changelogs hold of one request, whatever the stores' layout is: its rows are found, and given other names,
 * by the ten digits of its number.
 */
public final class Rows {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int DIGITS = 10;
    private static final short ONE_REPLICA = 1;

    private final String pipeline;
    private final byte[] digits;
    private final List<Row> rows;

    private Rows(String pipeline, byte[] digits, List<Row> rows) {
        this.pipeline = pipeline;
        this.digits = digits;
        this.rows = rows;
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Row(String topic, byte[] key, byte[] value) {}

    /** @throws HarnessException if there are none within half a minute */
    public static Rows of(Pipeline pipeline, int number) {
        String name = pipeline.options().name();
        byte[] digits = RequestNumber.digits(number);
        Map<String, Row> found = new LinkedHashMap<>();
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of(
                        "bootstrap.servers",
                        pipeline.lab().bootstrapServers(),
                        "isolation.level",
                        "read_committed",
                        "enable.auto.commit",
                        false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = pipeline.logSize().records().keySet().stream()
                    .filter(topic -> isChangelog(topic, name))
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            long deadline = System.nanoTime() + LIMIT.toNanos();
            while (System.nanoTime() < deadline
                    && ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    keep(record, digits, found);
                }
            }
        }
        if (found.isEmpty()) {
            throw new HarnessException("the changelogs of %s hold nothing of the request".formatted(name));
        }
        return new Rows(name, digits, List.copyOf(found.values()));
    }

    /** Bytes of one request, keys and values, uncompressed. */
    public int bytes() {
        return rows.stream()
                .mapToInt(row -> row.key().length + row.value().length)
                .sum();
    }

    /**
     * Writes them to the changelogs of another pipeline, whose application has not run yet, under so many other
     * numbers.
     *
     * @param first the first of the numbers
     */
    public void copyTo(Pipeline other, int first, int count) {
        createChangelogs(other);
        var settings = Map.<String, Object>of(
                "bootstrap.servers",
                other.lab().bootstrapServers(),
                "compression.type",
                "lz4",
                "linger.ms",
                20,
                "batch.size",
                256 * 1024,
                "buffer.memory",
                64L * 1024 * 1024);
        var failure = new AtomicReference<@Nullable Exception>();
        List<Copier> copiers = rows.stream().map(row -> new Copier(row, other)).toList();
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int number = first; number < first + count; number++) {
                for (Copier copier : copiers) {
                    producer.send(copier.copy(number), (metadata, failed) -> {
                        if (failed != null) {
                            failure.compareAndSet(null, failed);
                        }
                    });
                }
            }
            producer.flush();
        }
        Exception failed = failure.get();
        if (failed != null) {
            throw new HarnessException("rows could not be copied", failed);
        }
    }

    private static void keep(ConsumerRecord<byte[], byte[]> record, byte[] digits, Map<String, Row> found) {
        String key = record.topic() + " " + new String(record.key(), StandardCharsets.ISO_8859_1);
        byte @Nullable [] value = record.value();
        if (value == null) {
            found.remove(key);
        } else if (!positions(record.key(), digits).isEmpty()) {
            found.put(key, new Row(record.topic(), record.key(), value));
        }
    }

    private void createChangelogs(Pipeline other) {
        Admin admin = other.lab().admin();
        String name = other.options().name();
        try {
            List<String> topics = LogSize.of(admin, pipeline).records().keySet().stream()
                    .filter(topic -> isChangelog(topic, pipeline))
                    .toList();
            List<NewTopic> made = new ArrayList<>();
            for (String topic : topics) {
                int original = Objects.requireNonNull(admin.describeTopics(List.of(topic))
                                .allTopicNames()
                                .get()
                                .get(topic))
                        .partitions()
                        .size();
                int partitions = original == 1 ? 1 : other.options().partitions();
                made.add(new NewTopic(name + topic.substring(pipeline.length()), partitions, ONE_REPLICA)
                        .configs(config(admin, topic)));
            }
            PipelineTopics.create(admin, made);
        } catch (ExecutionException e) {
            throw new HarnessException("changelogs could not be made: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HarnessException("interrupted while changelogs were made", e);
        }
    }

    /** Like the original, but not to be compacted while something is measured: there is nothing to compact. */
    private static Map<String, String> config(Admin admin, String topic)
            throws ExecutionException, InterruptedException {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Config config = Objects.requireNonNull(
                admin.describeConfigs(List.of(resource)).all().get().get(resource));
        return Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                config.get(TopicConfig.CLEANUP_POLICY_CONFIG).value(),
                TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                config.get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG).value(),
                TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG,
                Long.toString(Duration.ofHours(6).toMillis()));
    }

    private static boolean isChangelog(String topic, String pipeline) {
        return topic.startsWith(pipeline + "-") && topic.endsWith("-changelog");
    }

    private static List<Integer> positions(byte[] in, byte[] digits) {
        List<Integer> positions = new ArrayList<>();
        for (int at = 0; at + DIGITS <= in.length; at++) {
            if (Arrays.equals(in, at, at + DIGITS, digits, 0, DIGITS)) {
                positions.add(at);
            }
        }
        return positions;
    }

    /** One row under other names. */
    private final class Copier {
        private final String topic;
        private final int partitions;
        private final byte[] key;
        private final byte[] value;
        private final int[] inKey;
        private final int[] inValue;

        Copier(Row row, Pipeline other) {
            topic = other.options().name() + row.topic().substring(pipeline.length());
            partitions = other.options().partitions();
            key = row.key();
            value = row.value();
            inKey = positions(key, digits).stream().mapToInt(Integer::intValue).toArray();
            inValue = positions(value, digits).stream()
                    .mapToInt(Integer::intValue)
                    .toArray();
        }

        ProducerRecord<byte[], byte[]> copy(int number) {
            byte[] name = RequestNumber.digits(number);
            int partition = Utils.toPositive(Utils.murmur2(RequestNumber.subjectKey(number))) % partitions;
            return new ProducerRecord<>(topic, partition, renamed(key, inKey, name), renamed(value, inValue, name));
        }

        private static byte[] renamed(byte[] original, int[] positions, byte[] digits) {
            byte[] copy = original.clone();
            for (int at : positions) {
                System.arraycopy(digits, 0, copy, at, DIGITS);
            }
            return copy;
        }
    }
}
