package io.quittance.bench.raw;

import io.quittance.bench.pipeline.PipelineOptions;
import io.quittance.bench.wire.RequestNumber;
import io.quittance.contract.Topics;
import io.quittance.harness.HarnessException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The twelve records below which the workflow cannot be carried out (request, decision, four completions; four tasks,
 * two audit records: open, closed), of so many different requests that they compress as in life. Taken from the log of
 * a pipeline that ran.
 */
public final class Sample {
    /** Records that a request cannot do without. */
    public static final int RECORDS = 12;

    /** More of one topic than a producer's batch holds. */
    private static final int REQUESTS = 1_000;

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final List<List<Entry>> requests;

    private Sample(List<List<Entry>> requests) {
        this.requests = requests;
    }

    /**
     * One record.
     *
     * @param topic without prefix
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Entry(String topic, byte[] value) {}

    /**
     * @param topics of a pipeline that has closed requests
     * @param first number of the first request to be taken
     */
    public static Sample of(String bootstrapServers, Topics topics, int first) {
        Map<Integer, List<Entry>> all = new HashMap<>();
        List<String> read = new ArrayList<>(List.of(topics.requests(), topics.decisions(), topics.completions()));
        PipelineOptions.SYSTEMS.forEach(system -> read.add(topics.tasks(system)));
        read.add(topics.audit());
        for (String topic : read) {
            read(bootstrapServers, topics, topic, first)
                    .forEach((number, entries) -> all.computeIfAbsent(number, any -> new ArrayList<>())
                            .addAll(entries));
        }
        List<List<Entry>> complete = all.values().stream()
                .filter(entries -> entries.size() == RECORDS)
                .map(List::copyOf)
                .toList();
        if (complete.isEmpty()) {
            throw new HarnessException("no request has left %d records on the log".formatted(RECORDS));
        }
        return new Sample(complete);
    }

    /** Its records, in the order of the workflow. */
    List<Entry> request(int number) {
        return requests.get(number % requests.size());
    }

    /** Mean size of a record's value. */
    public double meanBytes() {
        return requests.stream()
                .flatMap(List::stream)
                .mapToInt(entry -> entry.value().length)
                .average()
                .orElse(0);
    }

    private static Map<Integer, List<Entry>> read(String bootstrapServers, Topics topics, String topic, int first) {
        Map<Integer, List<Entry>> found = new HashMap<>();
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "isolation.level",
                        "read_committed",
                        "enable.auto.commit",
                        false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            long deadline = System.nanoTime() + LIMIT.toNanos();
            while (System.nanoTime() < deadline
                    && ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    int number = RequestNumber.of(record.key());
                    if (record.value() != null && number >= first && number < first + REQUESTS) {
                        found.computeIfAbsent(number, any -> new ArrayList<>())
                                .add(new Entry(topic.substring(topics.prefix().length()), record.value()));
                    }
                }
            }
        }
        if (topic.equals(topics.audit())) {
            found.replaceAll((number, audits) -> List.of(audits.get(0), audits.get(audits.size() - 1)));
        }
        return found;
    }
}
