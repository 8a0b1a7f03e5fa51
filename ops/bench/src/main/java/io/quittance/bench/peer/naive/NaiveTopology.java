package io.quittance.bench.peer.naive;

import io.quittance.bench.peer.drive.Workflow;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Joined;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.KTable;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Inputs are keyed by subject, so everything is first repartitioned by request. Requests and decisions become tables,
 * completions an aggregate; the audit is the join of all three, written anew with each change of any.
 *
 * <p>No {@code suppress} before the audit: it holds back what no later record pushes out, so that the last requests
 * would close only with other traffic. Without it there are more records and no such wait.
 */
final class NaiveTopology {
    private static final Serde<UUID> REQUEST_ID = Serdes.UUID();
    private static final Serde<byte[]> BYTES = Serdes.ByteArray();
    private static final int ALL_DONE = (1 << Workflow.SYSTEMS.size()) - 1;

    private NaiveTopology() {}

    static Topology build() {
        var builder = new StreamsBuilder();
        KStream<UUID, byte[]> requests = byRequest(builder, NaiveTopics.REQUESTS);
        KTable<UUID, byte[]> requestTable = requests.toTable(store("requests-table"));
        requests.mapValues(request -> Payload.of(Payload.request(request), 0, Payload.PROMPT))
                .to(NaiveTopics.APPROVALS, Produced.with(REQUEST_ID, BYTES));

        KStream<UUID, byte[]> decisions = byRequest(builder, NaiveTopics.DECISIONS);
        KTable<UUID, byte[]> decisionTable = decisions.toTable(store("decisions-table"));
        decisions
                .join(requestTable, (decision, request) -> request, Joined.with(REQUEST_ID, BYTES, BYTES))
                .flatMap((id, request) -> IntStream.range(0, Workflow.SYSTEMS.size())
                        .mapToObj(system -> KeyValue.pair(id, Payload.of(id, system, Payload.TASK)))
                        .toList())
                .to((id, task, context) -> NaiveTopics.tasks(Payload.number(task)), Produced.with(REQUEST_ID, BYTES));

        KTable<UUID, Integer> done = byRequest(builder, NaiveTopics.COMPLETIONS)
                .groupByKey(Grouped.with(REQUEST_ID, BYTES))
                .aggregate(
                        () -> 0,
                        (id, completion, soFar) -> soFar | 1 << Payload.number(completion),
                        Materialized.<UUID, Integer, KeyValueStore<Bytes, byte[]>>as("completions-table")
                                .withKeySerde(REQUEST_ID)
                                .withValueSerde(Serdes.Integer()));

        requestTable
                .leftJoin(decisionTable, (request, decision) -> request)
                .leftJoin(done, (request, tasks) -> audit(request, tasks == null ? 0 : tasks))
                .toStream()
                .to(NaiveTopics.AUDIT, Produced.with(REQUEST_ID, BYTES));
        return builder.build();
    }

    /** Whether the audit record is the last one of its request. */
    static boolean isClosed(byte[] audit) {
        return Payload.number(audit) == ALL_DONE;
    }

    private static byte[] audit(byte[] request, int tasks) {
        return Payload.of(Payload.request(request), tasks, Payload.AUDIT);
    }

    private static KStream<UUID, byte[]> byRequest(StreamsBuilder builder, String topic) {
        return builder.stream(topic, Consumed.with(BYTES, BYTES))
                .selectKey((subject, value) -> Payload.request(value))
                .repartition(Repartitioned.with(REQUEST_ID, BYTES)
                        .withName(topic.substring(NaiveTopics.PREFIX.length()) + "-by-request")
                        .withNumberOfPartitions(NaiveTopics.PARTITIONS));
    }

    private static Materialized<UUID, byte[], KeyValueStore<Bytes, byte[]>> store(String name) {
        return Materialized.<UUID, byte[], KeyValueStore<Bytes, byte[]>>as(name)
                .withKeySerde(REQUEST_ID)
                .withValueSerde(BYTES);
    }
}
