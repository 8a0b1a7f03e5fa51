package io.quittance.executor.grant;

import com.google.common.base.Stopwatch;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.OffsetOutOfRangeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Reads all partitions of the topics that carry orders from their beginning, without a group: every executor needs all
 * of it. Not thread-safe.
 */
public final class OrderReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final Consumer<byte[], byte[]> consumer;
    private final Consumer<?, ?> ends;
    private final Map<String, OrderMemory> memories;
    private Set<TopicPartition> assigned = Set.of();

    /**
     * @param consumer read-committed, without a group; closed with this reader
     * @param ends read-uncommitted, and asked for ends only: to a read-committed one a partition ends where a
     *     transaction is still open, with revocations that are committed already behind it; closed with this reader
     * @param memories one per topic; closed with this reader
     */
    OrderReader(Consumer<byte[], byte[]> consumer, Consumer<?, ?> ends, List<OrderMemory> memories) {
        this.consumer = consumer;
        this.ends = ends;
        this.memories = memories.stream().collect(Collectors.toMap(OrderMemory::topic, Function.identity()));
    }

    /**
     * Reads up to the ends that the topics have now.
     *
     * @throws org.apache.kafka.common.KafkaException when that was not possible in time; nothing read is forgotten
     */
    void readToEnd(Duration timeout) {
        Stopwatch elapsed = Stopwatch.createStarted();
        try {
            assign(timeout);
            Map<TopicPartition, Long> end = ends.endOffsets(assigned, timeout);
            ensureNoneIsShorter(end, timeout);
            while (!hasReached(end, timeout)) {
                if (elapsed.elapsed().compareTo(timeout) >= 0) {
                    throw new TimeoutException("the end of the topics with orders was not reached in time");
                }
                consumer.poll(POLL).forEach(this::remember);
            }
            memories.values().forEach(OrderMemory::caughtUp);
        } catch (RuntimeException incomplete) {
            // A polled batch may be half remembered: the next round starts over rather than skip the rest.
            assigned = Set.of();
            throw incomplete;
        }
    }

    @Override
    public void close() {
        // An interrupted consumer closes and then throws: the rest is closed all the same.
        try (ends) {
            consumer.close();
        } finally {
            memories.values().forEach(OrderMemory::close);
        }
    }

    private void remember(ConsumerRecord<byte[], byte[]> entry) {
        OrderMemory memory = memories.get(entry.topic());
        if (memory == null) {
            throw new IllegalStateException("a record of a topic that is not read");
        }
        memory.remember(entry);
    }

    private void assign(Duration timeout) {
        Set<TopicPartition> present = new HashSet<>();
        memories.keySet().forEach(topic -> present.addAll(partitionsOf(topic, timeout)));
        if (!present.equals(assigned)) {
            memories.values().forEach(OrderMemory::startOver);
            consumer.assign(present);
            consumer.seekToBeginning(present);
            // Never polled; but the client warns of each end it learns of a partition it was not assigned.
            ends.assign(present);
            assigned = present;
        }
    }

    private List<TopicPartition> partitionsOf(String topic, Duration timeout) {
        @Nullable List<PartitionInfo> partitions = consumer.partitionsFor(topic, timeout);
        if (partitions == null || partitions.isEmpty()) {
            throw new UnknownTopicOrPartitionException("the topic " + topic + " does not exist");
        }
        return partitions.stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
    }

    /**
     * A topic that ends before what has been read of it was deleted and made again, and nothing of the new one is
     * known. Asked before a round reads on: that may well go beyond the ends which the round began with.
     */
    private void ensureNoneIsShorter(Map<TopicPartition, Long> ends, Duration timeout) {
        if (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey(), timeout) > end.getValue())) {
            throw new OffsetOutOfRangeException("a topic with orders was made anew or has lost records");
        }
    }

    private boolean hasReached(Map<TopicPartition, Long> ends, Duration timeout) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey(), timeout) >= end.getValue());
    }
}
