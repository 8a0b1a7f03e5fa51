package io.quittance.proving.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Writes every committed record of every topic down, and the schemas they name. */
public final class TopicsDump {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final int HEAD = 5;

    private final String bootstrapServers;
    private final String registryUrl;
    private final HistoryDirectory history;
    private final Set<Integer> schemaIds = new TreeSet<>();

    public TopicsDump(String bootstrapServers, String registryUrl, HistoryDirectory history) {
        this.bootstrapServers = bootstrapServers;
        this.registryUrl = registryUrl;
        this.history = history;
    }

    /** @throws IllegalStateException if brokers or registry do not answer */
    public void write() {
        try (var admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            for (String topic : new TreeSet<>(admin.listTopics().names().get())) {
                // The brokers' own are not listed; what else begins like them is Connect's or nobody's.
                if (!topic.startsWith("__")) {
                    topic(topic);
                }
            }
            history.writeSchemas(schemas());
        } catch (ExecutionException e) {
            throw new IllegalStateException("the topics cannot be listed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while writing topics down", e);
        }
    }

    /** How many records all topics hold, by end offsets: it stands still when nothing happens any more. */
    public long ends() {
        try (var consumer = consumer();
                var admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            long sum = 0;
            for (String topic : admin.listTopics().names().get()) {
                if (topic.startsWith("privacy.")) {
                    sum += consumer.endOffsets(partitions(consumer, topic)).values().stream()
                            .mapToLong(Long::longValue)
                            .sum();
                }
            }
            return sum;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the topics cannot be listed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while looking at topics", e);
        }
    }

    private void topic(String name) {
        try (var consumer = consumer();
                var out = JsonLines.writer(history.topic(name), TopicRecord.class)) {
            List<TopicPartition> partitions = partitions(consumer, name);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < end(ends, partition))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    out.write(line(record));
                }
            }
        }
    }

    private static long end(Map<TopicPartition, Long> ends, TopicPartition partition) {
        return ends.getOrDefault(partition, 0L);
    }

    private TopicRecord line(ConsumerRecord<byte[], byte[]> record) {
        byte[] value = record.value();
        if (value != null && value.length > HEAD && value[0] == 0) {
            schemaIds.add(ByteBuffer.wrap(value).getInt(1));
        }
        Map<String, String> headers = new HashMap<>();
        for (Header header : record.headers()) {
            headers.put(header.key(), header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8));
        }
        return new TopicRecord(record.partition(), record.offset(), record.timestamp(), record.key(), value, headers);
    }

    private Map<Integer, String> schemas() throws InterruptedException {
        var http = HttpClient.newHttpClient();
        var json = new ObjectMapper();
        Map<Integer, String> schemas = new HashMap<>();
        for (int id : schemaIds) {
            try {
                HttpResponse<String> answer = http.send(
                        HttpRequest.newBuilder(URI.create(registryUrl + "/schemas/ids/" + id))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                // What only looks like a record in the registry's format has no schema.
                if (answer.statusCode() == 200) {
                    JsonNode schema = json.readTree(answer.body()).path("schema");
                    schemas.put(id, schema.asText());
                }
            } catch (IOException e) {
                throw new UncheckedIOException("the registry does not answer", e);
            }
        }
        return schemas;
    }

    private static List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer, String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        5_000),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }
}
