package io.quittance.bench.peer.naive;

import io.quittance.bench.contender.DriverClients;
import io.quittance.bench.contender.Measured.LogCost;
import io.quittance.bench.contender.Surroundings;
import io.quittance.bench.peer.drive.Party;
import io.quittance.bench.peer.drive.Tally;
import io.quittance.bench.peer.drive.Workflow;
import io.quittance.harness.Awaiting;
import io.quittance.harness.HarnessException;
import io.quittance.harness.Reaper;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.UUIDSerializer;
import org.jspecify.annotations.Nullable;

/**
 * The application's JVM, its topics, and one thread that is approver, executors and auditor: as around the pipeline.
 */
final class NaiveWorkflow implements Workflow {
    private static final int SUBMIT_BATCH = 500;
    /** A request takes the 0.8 s of its commits, however little there is to do: with the usual many it would idle. */
    private static final int TIMES_IN_FLIGHT = 8;

    private static final Duration POLL = Duration.ofMillis(10);
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final Reaper reaper;
    private final Process application;
    private final LongSupplier brokerCpuNanos;
    private final Admin admin;
    private final KafkaProducer<UUID, byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<String, Integer> systemOfTopic = new HashMap<>();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private LogMeter before;

    private NaiveWorkflow(Surroundings surroundings, Process application, Admin admin) {
        this.reaper = surroundings.reaper();
        this.application = application;
        this.brokerCpuNanos = surroundings.brokerCpuNanos();
        this.admin = admin;
        this.producer = DriverClients.producer(surroundings, new UUIDSerializer());
        this.consumer = DriverClients.consumer(surroundings);
        for (int system = 0; system < SYSTEMS.size(); system++) {
            systemOfTopic.put(NaiveTopics.tasks(system), system);
        }
        this.before = LogMeter.read(admin, NaiveTopics.PREFIX);
    }

    /** Makes the topics, starts the application and returns when it is at work. */
    static NaiveWorkflow start(Surroundings surroundings) {
        var admin = Admin.create(Map.of("bootstrap.servers", surroundings.bootstrapServers()));
        createTopics(admin);
        var workflow = new NaiveWorkflow(surroundings, NaiveApplication.start(surroundings), admin);
        try {
            workflow.listen();
            workflow.awaitFirstClose();
        } catch (RuntimeException e) {
            workflow.close();
            throw e;
        }
        return workflow;
    }

    @Override
    public int inFlight(int usual) {
        return TIMES_IN_FLIGHT * usual;
    }

    @Override
    public int submitBatch() {
        return SUBMIT_BATCH;
    }

    @Override
    public int publishers() {
        return 1;
    }

    @Override
    public void submit(List<UUID> requests) {
        requests.forEach(request -> send(NaiveTopics.REQUESTS, request, Payload.of(request, 0, Payload.REQUEST)));
    }

    @Override
    public List<Party> parties(Tally tally) {
        return List.of(new Party("everybody", () -> answer(tally), () -> {}));
    }

    @Override
    public void settle() {
        before = LogMeter.read(admin, NaiveTopics.PREFIX);
    }

    /** Of the application and of the broker, which works for nobody else meanwhile. */
    @Override
    public long serverCpuNanos() {
        return application.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() + brokerCpuNanos.getAsLong();
    }

    @Override
    public LogCost logCost(long requests) {
        return LogMeter.read(admin, NaiveTopics.PREFIX).since(before, requests);
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
        admin.close();
        reaper.end(application.toHandle());
    }

    private int answer(Tally tally) {
        Exception failed = failure.get();
        if (failed != null) {
            throw new HarnessException("the driver of the naive pipeline cannot write", failed);
        }
        var records = consumer.poll(POLL);
        for (ConsumerRecord<byte[], byte[]> record : records) {
            answer(record.topic(), record.value(), tally);
        }
        return records.count();
    }

    private void answer(String topic, byte[] value, Tally tally) {
        UUID request = Payload.request(value);
        Integer system = systemOfTopic.get(topic);
        if (system != null) {
            tally.tasked(request, system);
            tally.completing(request);
            send(NaiveTopics.COMPLETIONS, request, Payload.of(request, system, Payload.COMPLETION));
        } else if (topic.equals(NaiveTopics.APPROVALS)) {
            tally.prompted(request);
            send(NaiveTopics.DECISIONS, request, Payload.of(request, 0, Payload.DECISION));
        } else if (NaiveTopology.isClosed(value)) {
            tally.closed(request);
        }
    }

    private void send(String topic, UUID key, byte[] value) {
        producer.send(new ProducerRecord<>(topic, key, value), (metadata, failed) -> {
            if (failed != null) {
                failure.compareAndSet(null, failed);
            }
        });
    }

    private void listen() {
        consumer.assign(NaiveTopics.read().stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList());
        consumer.seekToEnd(consumer.assignment());
        consumer.assignment().forEach(consumer::position);
    }

    private void awaitFirstClose() {
        var first = new UUID(0, 0);
        submit(List.of(first));
        Awaiting.until("the naive pipeline closes a request", START_LIMIT, () -> {
            if (!application.isAlive()) {
                throw new HarnessException("the naive pipeline ended: see application.log in its folder");
            }
            boolean closed = false;
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                answer(record.topic(), record.value(), Tally.NOBODY);
                closed |= record.topic().equals(NaiveTopics.AUDIT) && NaiveTopology.isClosed(record.value());
            }
            return closed;
        });
    }

    private static void createTopics(Admin admin) {
        try {
            admin.createTopics(NaiveTopics.all().stream()
                            .map(name -> new NewTopic(name, NaiveTopics.PARTITIONS, (short) 1))
                            .toList())
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new HarnessException("the topics of the naive pipeline cannot be made: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HarnessException("interrupted while topics were made", e);
        }
    }
}
