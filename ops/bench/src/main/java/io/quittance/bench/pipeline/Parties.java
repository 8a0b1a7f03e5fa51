package io.quittance.bench.pipeline;

import io.quittance.bench.contender.DriverClients;
import io.quittance.bench.contender.Surroundings;
import io.quittance.bench.wire.Inbound;
import io.quittance.bench.wire.Outbound;
import io.quittance.bench.wire.RequestNumber;
import io.quittance.contract.Topics;
import io.quittance.harness.HarnessException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Publisher, approver, executors and compliance around one pipeline, with one producer and one read-committed consumer
 * for all of them: with a pair for each, the two cores would mostly run clients. Reads from one thread; writes from
 * any.
 */
public final class Parties implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(10);

    private final Topics topics;
    private final Inbound inbound;
    private final Outbound outbound;
    private final Producer<byte[], byte[]> producer;
    private final Consumer<byte[], byte[]> consumer;
    private final Map<String, Integer> systemOfTopic = new HashMap<>();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final Tally tally = new Tally();
    private long deadLetters;

    Parties(
            Topics topics,
            String registryUrl,
            Instant now,
            Producer<byte[], byte[]> producer,
            Consumer<byte[], byte[]> consumer) {
        this.topics = topics;
        this.producer = producer;
        this.consumer = consumer;
        inbound = new Inbound(registryUrl);
        outbound = new Outbound(topics, registryUrl, PipelineOptions.SYSTEMS, now);
        for (int i = 0; i < PipelineOptions.SYSTEMS.size(); i++) {
            systemOfTopic.put(topics.tasks(PipelineOptions.SYSTEMS.get(i)), i);
        }
    }

    static Parties around(Surroundings surroundings, Topics topics, Instant now) {
        return new Parties(
                topics,
                surroundings.registryUrl(),
                now,
                DriverClients.producer(surroundings, new ByteArraySerializer()),
                DriverClients.consumer(surroundings));
    }

    /** From now on, everything that comes out is read. */
    void listen() {
        List<String> read = new ArrayList<>(systemOfTopic.keySet());
        read.addAll(List.of(topics.approvals(), topics.audit(), topics.deadLetters()));
        consumer.assign(read.stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList());
        consumer.seekToEnd(consumer.assignment());
        consumer.assignment().forEach(consumer::position);
    }

    Producer<byte[], byte[]> producer() {
        return producer;
    }

    public Tally tally() {
        return tally;
    }

    /** What the pipeline could not make sense of: none is meant to be, and each counts as lost. */
    public long deadLetters() {
        return deadLetters;
    }

    public void submit(int number) {
        submit(number, List.of());
    }

    /** @param systems where; none means in all */
    public void submit(int number, List<String> systems) {
        send(topics.requests(), RequestNumber.subjectKey(number), outbound.request(number, systems));
    }

    public void approve(int number, Inbound.Prompt prompt) {
        send(topics.decisions(), RequestNumber.subjectKey(number), outbound.approval(number, prompt));
    }

    public void complete(int number, int system, Inbound.Task task) {
        byte[] completion = outbound.done(PipelineOptions.SYSTEMS.get(system), task);
        send(topics.completions(), RequestNumber.subjectKey(number), completion);
    }

    /**
     * Waits a moment for what comes out, and hands it on.
     *
     * @throws HarnessException if something could not be written since
     */
    public void poll(Traffic traffic) {
        poll(traffic, POLL);
    }

    /** Lets time pass; what comes out meanwhile is nobody's. */
    public void idle(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            poll(Traffic.IGNORED);
        }
    }

    private void poll(Traffic traffic, Duration atMost) {
        Exception failed = failure.get();
        if (failed != null) {
            throw new HarnessException("the driver cannot write", failed);
        }
        var records = consumer.poll(atMost);
        long at = System.nanoTime();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            hand(record, traffic, at);
        }
    }

    private void hand(ConsumerRecord<byte[], byte[]> record, Traffic traffic, long at) {
        byte[] value = record.value();
        if (value == null) {
            return;
        }
        Integer system = systemOfTopic.get(record.topic());
        if (system != null) {
            int number = RequestNumber.of(record.key());
            if (tally.task(number, system)) {
                traffic.tasked(number, system, inbound.task(value), at);
            }
        } else if (record.topic().equals(topics.approvals())) {
            traffic.prompted(RequestNumber.of(record.key()), inbound.prompt(value), at);
        } else if (record.topic().equals(topics.audit())) {
            int number = RequestNumber.of(record.key());
            Inbound.Audit audit = inbound.audit(value);
            if (audit.closed() && tally.close(number)) {
                traffic.closed(number, audit, at);
            }
        } else {
            deadLetters++;
        }
    }

    private void send(String topic, byte[] key, byte[] value) {
        producer.send(new ProducerRecord<>(topic, key, value), (metadata, failed) -> {
            if (failed != null) {
                failure.compareAndSet(null, failed);
            }
        });
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
    }
}
