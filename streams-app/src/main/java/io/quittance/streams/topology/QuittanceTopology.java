package io.quittance.streams.topology;

import com.google.common.base.Ticker;
import io.quittance.contract.Topics;
import io.quittance.streams.codec.CommandReader;
import io.quittance.streams.codec.EffectWriter;
import io.quittance.streams.codec.GrantSeal;
import io.quittance.streams.codec.InputTopic;
import io.quittance.streams.codec.LimiterRecords;
import io.quittance.streams.codec.Outgoing;
import io.quittance.streams.codec.OutputTopic;
import io.quittance.streams.codec.ReferenceReader;
import io.quittance.streams.processor.DeadLetterPort;
import io.quittance.streams.processor.DocketProcessor;
import io.quittance.streams.processor.LimitProcessor;
import io.quittance.streams.processor.ProcessorSettings;
import io.quittance.streams.processor.Publications;
import io.quittance.streams.processor.ReferenceProcessor;
import io.quittance.streams.processor.ReferenceProcessor.Publication;
import io.quittance.streams.processor.Sinks;
import io.quittance.streams.processor.Telemetry;
import io.quittance.streams.processor.Vouchers;
import io.quittance.streams.state.DocketStore;
import io.quittance.streams.state.LimitStore;
import io.quittance.streams.state.PolicyCompiler;
import io.quittance.streams.state.ReferenceData;
import io.quittance.streams.state.SubjectPartition;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.TopicNameExtractor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The pipeline's wiring. Six input topics, keyed by subject, meet in one processor with one store; what it decides goes
 * straight to the output topics. Nothing is repartitioned: a record under the wrong key goes back to its own topic
 * once. Attempts under a limit ask the limiter, through a topic with one partition. Policies, the data map, limits and
 * freezes are read whole by every instance.
 */
public final class QuittanceTopology {
    private static final String INPUTS = "inputs";
    private static final String DOCKET = "docket";
    /** Store of the policies as published. */
    public static final String POLICIES = "policies";
    /** Store of the data map as published. */
    public static final String SYSTEMS = "systems";
    /** Store of the limits as published. */
    public static final String LIMITS = "limits";
    /** Store of the freezes as published. */
    public static final String FREEZES = "freezes";

    private static final String CLAIMS = "limit-claims";
    private static final String LIMITER = "limiter";

    /** A docket with as many open requests as are allowed, each as large as is allowed, must fit. */
    public static final int MAX_ROW_BYTES = 16 * 1024 * 1024;

    private final Topics topics;
    private final Parts parts;

    private QuittanceTopology(Topics topics, Parts parts) {
        this.topics = topics;
        this.parts = parts;
    }

    /**
     * What the topology is made of.
     *
     * @param serdeConfig {@code schema.registry.url} and the other standard keys
     * @param cachedStore whether writes to one docket within a commit interval become one record of the changelog
     */
    public record Parts(
            ProcessorSettings settings,
            Map<String, ?> serdeConfig,
            boolean cachedStore,
            ReferenceData world,
            PolicyCompiler compiler,
            DeadLetterPort deadLetters,
            Vouchers vouchers,
            GrantSeal seal,
            Telemetry telemetry) {}

    public static Topology build(Topics topics, Parts parts) {
        return new QuittanceTopology(topics, parts).wire();
    }

    private Topology wire() {
        var topology = new Topology();
        var bytes = new ByteArrayDeserializer();
        topology.addSource(
                AutoOffsetReset.earliest(),
                INPUTS,
                new SoundTimestamp(Clock.systemUTC()),
                bytes,
                bytes,
                InputTopic.names(topics).toArray(String[]::new));
        topology.addProcessor(DOCKET, dockets(), INPUTS);
        topology.addStateStore(store(DocketStore.NAME), DOCKET);

        addSink(topology, OutputTopic.APPROVALS, topics.approvals());
        addSink(topology, OutputTopic.REVOCATIONS, topics.revocations());
        addSink(topology, OutputTopic.AUDIT, topics.audit());
        addSink(topology, OutputTopic.NOTIFICATIONS, topics.notifications());
        addSink(topology, OutputTopic.LIMIT_CLAIMS, topics.limitClaims());
        addSink(topology, OutputTopic.DEAD_LETTERS, topics.deadLetters());
        topology.addSink(Sinks.name(OutputTopic.TASKS), new TopicOfRecord(), new ByteArraySerializer(), VALUE, DOCKET);
        topology.addSink(
                Sinks.name(OutputTopic.FORWARDED), new TopicOfRecord(), new ByteArraySerializer(), VALUE, HOME, DOCKET);

        addReference(
                topology,
                POLICIES,
                topics.policies(),
                () -> Publications.policies(reader(), parts.compiler(), parts.world()));
        addReference(topology, SYSTEMS, topics.systems(), () -> Publications.systems(reader(), parts.world()));
        addReference(topology, LIMITS, topics.limits(), () -> Publications.limits(reader(), parts.world()));
        addLimiter(topology);
        addReference(topology, FREEZES, topics.freezes(), () -> Publications.freezes(reader(), parts.world()));
        return topology;
    }

    /** A sub-topology of its own: one partition, one task, which may be anywhere in the cluster. */
    private void addLimiter(Topology topology) {
        var bytes = new ByteArrayDeserializer();
        topology.addSource(
                AutoOffsetReset.earliest(),
                CLAIMS,
                new SoundTimestamp(Clock.systemUTC()),
                bytes,
                bytes,
                topics.limitClaims());
        topology.addProcessor(LIMITER, limiter(), CLAIMS);
        topology.addStateStore(store(LimitStore.NAME), LIMITER);
        topology.addSink(
                Sinks.name(OutputTopic.LIMIT_PERMITS),
                topics.limitPermits(),
                new ByteArraySerializer(),
                VALUE,
                LIMITER);
        topology.addSink(Sinks.LIMITER_DEAD_LETTERS, topics.deadLetters(), new ByteArraySerializer(), VALUE, LIMITER);
    }

    private ProcessorSupplier<byte[], byte[], byte[], Outgoing> limiter() {
        ProcessorSettings settings = parts.settings();
        return () -> new LimitProcessor(
                settings,
                new LimiterRecords(topics, parts.serdeConfig(), settings.keepDeadLetterPayload()),
                parts.world(),
                parts.telemetry());
    }

    private ProcessorSupplier<byte[], byte[], byte[], Outgoing> dockets() {
        Map<String, InputTopic> inputs = Arrays.stream(InputTopic.values())
                .collect(Collectors.toMap(input -> input.in(topics), Function.identity()));
        ProcessorSettings settings = parts.settings();
        return () -> new DocketProcessor(
                settings,
                inputs,
                new CommandReader(parts.serdeConfig(), settings.maxValueBytes()),
                new EffectWriter(
                        topics,
                        parts.serdeConfig(),
                        new EffectWriter.Limits(settings.maxAuditBytes(), settings.keepDeadLetterPayload()),
                        parts.seal()),
                parts.world(),
                parts.vouchers(),
                parts.telemetry(),
                Ticker.systemTicker());
    }

    private StoreBuilder<KeyValueStore<Bytes, byte[]>> store(String name) {
        StoreBuilder<KeyValueStore<Bytes, byte[]>> store = Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingEnabled(Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(MAX_ROW_BYTES)));
        return parts.cachedStore() ? store.withCachingEnabled() : store.withCachingDisabled();
    }

    private void addReference(Topology topology, String name, String topic, Supplier<Publication> publication) {
        StoreBuilder<KeyValueStore<String, byte[]>> documents = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
                .withLoggingDisabled();
        var bytes = new ByteArrayDeserializer();
        topology.addGlobalStore(
                documents,
                name + "-source",
                bytes,
                bytes,
                topic,
                name + "-loader",
                () -> new ReferenceProcessor(name, publication.get(), parts.deadLetters()));
    }

    private ReferenceReader reader() {
        return new ReferenceReader(parts.serdeConfig());
    }

    private static void addSink(Topology topology, OutputTopic to, String topic) {
        topology.addSink(Sinks.name(to), topic, new ByteArraySerializer(), VALUE, DOCKET);
    }

    /** A tombstone is an outgoing record without a value. */
    private static final Serializer<Outgoing> VALUE = (topic, outgoing) -> outgoing.value();

    /** A record that was under the wrong key, or in the wrong partition, goes to where Kafka's own clients put it. */
    private static final StreamPartitioner<byte[], Outgoing> HOME =
            (topic, key, outgoing, partitions) -> Optional.of(Set.of(SubjectPartition.of(key, partitions)));

    /** The record knows its topic: a system's own, or the one it came from. */
    private static final class TopicOfRecord implements TopicNameExtractor<byte[], Outgoing> {
        @Override
        public String extract(byte[] key, Outgoing outgoing, org.apache.kafka.streams.processor.RecordContext context) {
            return outgoing.topic();
        }

        @Override
        public String toString() {
            return "the record's own topic";
        }
    }
}
