package io.quittance.streams.config;

import io.confluent.kafka.serializers.AbstractKafkaSchemaSerDeConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/** Keys that are handed on to Kafka's and the schema registry's clients as they are, and those that may not be. */
final class ClientKeys {

    static final String STREAMS_PREFIX = "streams.";
    static final String ADMIN_PREFIX = "admin.";
    private static final List<String> CONSUMER_PREFIXES =
            List.of("main.consumer.", "restore.consumer.", "global.consumer.", "consumer.");
    private static final String PRODUCER_PREFIX = "producer.";
    private static final String TOPIC_PREFIX = "topic.";
    private static final String REGISTRY_PREFIX = "schema.registry.";

    /** What correctness rests on, or what has a key of its own; by name without prefix, with how to mend it. */
    private static final Map<String, String> DECIDED_HERE = Map.ofEntries(
            Map.entry("processing.guarantee", "it is always exactly_once_v2; remove the key."),
            Map.entry("isolation.level", "it is always read_committed; remove the key."),
            Map.entry("enable.auto.commit", "it is always false; remove the key."),
            Map.entry("enable.idempotence", "it is always true; remove the key."),
            Map.entry("acks", "it is always all; remove the key."),
            Map.entry("partitioner.class", "records go where their key belongs; remove the key."),
            Map.entry("partitioner.ignore.keys", "records go where their key belongs; remove the key."),
            Map.entry("transactional.id", "Kafka Streams chooses it; remove the key."),
            Map.entry("group.id", "it is the application.id; set that."),
            Map.entry("group.protocol", "it is always classic; remove the key."),
            Map.entry("ensure.explicit.internal.resource.naming", "it is always true; remove the key."),
            Map.entry("auto.offset.reset", "it is always earliest; remove the key."),
            Map.entry("max.request.size", "it follows from the size of a stored value; remove the key."),
            Map.entry("production.exception.handler", "what cannot be written is never dropped; remove the key."),
            Map.entry("default.production.exception.handler", "what cannot be written is never dropped; remove it."),
            Map.entry("topology.optimization", "the topology is what it is; remove the key."),
            Map.entry("rocksdb.config.setter", "set rocksdb.cache.mb and rocksdb.write.buffer.mb instead."),
            Map.entry("deserialization.exception.handler", "unreadable records are dead letters; remove the key."),
            Map.entry("default.deserialization.exception.handler", "unreadable records are dead letters; remove it."),
            Map.entry("processing.exception.handler", "it is part of the pipeline; remove the key."),
            Map.entry("processing.exception.handler.global.enabled", "it is part of the pipeline; remove the key."),
            Map.entry("errors.dead.letter.queue.topic.name", "it is <topic.prefix>dead-letters; remove the key."),
            Map.entry("cache.max.bytes.buffering", "set store.cache.bytes instead."),
            Map.entry("statestore.cache.max.bytes", "set store.cache.bytes instead."));

    /** Settings of internal topics that do not touch what they hold. */
    private static final List<String> INTERNAL_TOPIC_SETTINGS = List.of(
            TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
            TopicConfig.SEGMENT_BYTES_CONFIG,
            TopicConfig.SEGMENT_MS_CONFIG,
            TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG,
            TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG,
            TopicConfig.DELETE_RETENTION_MS_CONFIG,
            TopicConfig.COMPRESSION_TYPE_CONFIG,
            TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG);

    /** Public text that Kafka types as a password for its length. */
    private static final Set<String> NOT_SECRET =
            Set.of("ssl.truststore.certificates", "ssl.keystore.certificate.chain");

    private final Map<String, Type> types = new TreeMap<>();

    ClientKeys() {
        ConfigDef admin = AdminClientConfig.configDef();
        ConfigDef consumer = ConsumerConfig.configDef();
        ConfigDef producer = ProducerConfig.configDef();
        admin.configKeys().values().stream()
                .filter(key ->
                        consumer.names().contains(key.name) && producer.names().contains(key.name))
                .forEach(key -> types.put(key.name, key.type));
        add(ADMIN_PREFIX, admin);
        CONSUMER_PREFIXES.forEach(prefix -> add(prefix, consumer));
        add(PRODUCER_PREFIX, producer);
        add(STREAMS_PREFIX, StreamsConfig.configDef());
        add("", AbstractKafkaSchemaSerDeConfig.baseConfigDef());
        AbstractKafkaSchemaSerDeConfig.baseConfigDef().configKeys().values().stream()
                .filter(key -> key.name.startsWith("basic.auth.") || key.name.startsWith("bearer.auth."))
                .forEach(key -> types.put(REGISTRY_PREFIX + key.name, key.type));
        INTERNAL_TOPIC_SETTINGS.forEach(name -> types.put(TOPIC_PREFIX + name, Type.STRING));
        types.keySet().removeIf(key -> key.endsWith("config.providers"));
        AppOptions.definition().names().forEach(own -> types.remove(STREAMS_PREFIX + own));
    }

    private void add(String prefix, ConfigDef definition) {
        for (ConfigKey key : definition.configKeys().values()) {
            types.put(prefix + key.name, key.type);
        }
    }

    boolean knows(String key) {
        return types.containsKey(key);
    }

    /** Names to suggest from. */
    Set<String> names() {
        Set<String> open = new TreeSet<>(types.keySet());
        open.removeIf(key -> decidedHere(key).isPresent());
        return open;
    }

    /** Why the key may not be set, where it may not. */
    Optional<String> decidedHere(String key) {
        return Optional.ofNullable(DECIDED_HERE.get(withoutPrefix(key)));
    }

    /** Whether its value may stand only where secrets are kept. */
    boolean isSecret(String key) {
        return types.get(key) == Type.PASSWORD && NOT_SECRET.stream().noneMatch(key::endsWith);
    }

    /** Whether Kafka Streams itself knows the key's prefix and hands it to one of its clients. */
    static boolean isPrefixed(String key) {
        return Stream.concat(CONSUMER_PREFIXES.stream(), Stream.of(PRODUCER_PREFIX, ADMIN_PREFIX, TOPIC_PREFIX))
                .anyMatch(key::startsWith);
    }

    private static String withoutPrefix(String key) {
        return Stream.concat(CONSUMER_PREFIXES.stream(), Stream.of(PRODUCER_PREFIX, ADMIN_PREFIX, STREAMS_PREFIX))
                .filter(key::startsWith)
                .findFirst()
                .map(prefix -> key.substring(prefix.length()))
                .orElse(key);
    }
}
