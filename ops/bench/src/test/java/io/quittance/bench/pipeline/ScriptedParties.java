package io.quittance.bench.pipeline;

import io.quittance.bench.wire.AuditBytes;
import io.quittance.bench.wire.RequestNumber;
import io.quittance.contract.Topics;
import io.quittance.schema.RequestState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Parties around a pipeline that is not there: the test says what comes out of it. */
public final class ScriptedParties {
    private static final String REGISTRY = "mock://scripted";
    private static final Topics TOPICS = Topics.withPrefix("scripted.");

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("latest");
    private final Parties parties = new Parties(
            TOPICS,
            REGISTRY,
            Instant.EPOCH,
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer()),
            consumer);
    private long offset;

    public ScriptedParties() {
        List<String> topics = new ArrayList<>(List.of(TOPICS.approvals(), TOPICS.audit(), TOPICS.deadLetters()));
        PipelineOptions.SYSTEMS.forEach(system -> topics.add(TOPICS.tasks(system)));
        for (String topic : topics) {
            consumer.updatePartitions(topic, List.of(new PartitionInfo(topic, 0, null, null, null)));
            consumer.updateEndOffsets(Map.of(new TopicPartition(topic, 0), 0L));
        }
        parties.listen();
    }

    public Parties parties() {
        return parties;
    }

    /** The last audit record of a request is there to be read. */
    void ends(int number, RequestState state) {
        put(TOPICS.audit(), number, AuditBytes.of(TOPICS, REGISTRY, number, state, true));
    }

    /** So is a record that the pipeline could not make sense of. */
    void deadLetter(int number) {
        put(TOPICS.deadLetters(), number, new byte[] {1});
    }

    private void put(String topic, int number, byte[] value) {
        consumer.addRecord(new ConsumerRecord<>(topic, 0, offset++, RequestNumber.subjectKey(number), value));
    }
}
