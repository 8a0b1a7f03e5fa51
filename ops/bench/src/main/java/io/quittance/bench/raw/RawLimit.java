package io.quittance.bench.raw;

import io.quittance.bench.pipeline.PipelineTopics;
import io.quittance.bench.process.Lab;
import io.quittance.bench.wire.RequestNumber;
import io.quittance.harness.HarnessException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Transactional produce of a sample, over and over, to as many topics and partitions as the pipeline has, with the same
 * commit interval and compression, from one thread per core. Nothing is read, computed or stored.
 */
public final class RawLimit implements AutoCloseable {
    private static final String PREFIX = "raw.";
    private static final int CHECK_CLOCK_EVERY = 16;
    private static final short ONE_REPLICA = 1;
    /** For the requests of one producer in one run: more than it writes. */
    private static final int NUMBERS = 1 << 26;

    private final Sample sample;
    private final Duration commitInterval;
    private final List<KafkaProducer<byte[], byte[]>> producers = new ArrayList<>();
    private int next;

    private RawLimit(Sample sample, Duration commitInterval) {
        this.sample = sample;
        this.commitInterval = commitInterval;
    }

    /** @param settings of the producers, beyond what makes them transactional */
    public static RawLimit start(
            Lab lab,
            Sample sample,
            int partitions,
            int threads,
            Duration commitInterval,
            Map<String, Object> settings) {
        var raw = new RawLimit(sample, commitInterval);
        PipelineTopics.create(
                lab.admin(),
                sample.request(0).stream()
                        .map(Sample.Entry::topic)
                        .distinct()
                        .map(topic -> new NewTopic(PREFIX + topic, partitions, ONE_REPLICA))
                        .toList());
        for (int i = 0; i < threads; i++) {
            var properties = new HashMap<String, Object>(Map.of(
                    "bootstrap.servers",
                    lab.bootstrapServers(),
                    "transactional.id",
                    "raw-" + i,
                    "acks",
                    "all",
                    "compression.type",
                    "lz4",
                    "linger.ms",
                    20,
                    "batch.size",
                    128 * 1024,
                    "buffer.memory",
                    64L * 1024 * 1024));
            properties.putAll(settings);
            var producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
            producer.initTransactions();
            raw.producers.add(producer);
        }
        return raw;
    }

    /** @return records per second, committed, markers not counted */
    public double run(Duration warmUp, Duration measured) throws InterruptedException {
        var pool = Executors.newFixedThreadPool(producers.size());
        try {
            List<Callable<Double>> runs = new ArrayList<>();
            for (KafkaProducer<byte[], byte[]> producer : producers) {
                int first = next;
                // From 0 again after as many runs as there are numbers for.
                next = (next + NUMBERS) & Integer.MAX_VALUE;
                runs.add(() -> {
                    produce(producer, first, warmUp);
                    return produce(producer, first, measured);
                });
            }
            double all = 0;
            for (var rate : pool.invokeAll(runs)) {
                all += rate.get();
            }
            return all;
        } catch (ExecutionException e) {
            throw new HarnessException("raw records cannot be written", e);
        } finally {
            pool.shutdownNow();
        }
    }

    private double produce(KafkaProducer<byte[], byte[]> producer, int first, Duration time) {
        long startedAt = System.nanoTime();
        long end = startedAt + time.toNanos();
        long committed = 0;
        int number = first;
        long now = startedAt;
        while (now < end) {
            producer.beginTransaction();
            long commitAt = now + commitInterval.toNanos();
            long sent = 0;
            while (now < commitAt) {
                for (int i = 0; i < CHECK_CLOCK_EVERY; i++) {
                    sent += send(producer, number++);
                }
                now = System.nanoTime();
            }
            producer.commitTransaction();
            committed += sent;
            now = System.nanoTime();
        }
        return committed / ((now - startedAt) / 1e9);
    }

    private int send(KafkaProducer<byte[], byte[]> producer, int number) {
        byte[] key = RequestNumber.subjectKey(number);
        for (Sample.Entry entry : sample.request(number)) {
            producer.send(new ProducerRecord<>(PREFIX + entry.topic(), key, entry.value()));
        }
        return Sample.RECORDS;
    }

    @Override
    public void close() {
        producers.forEach(KafkaProducer::close);
    }
}
