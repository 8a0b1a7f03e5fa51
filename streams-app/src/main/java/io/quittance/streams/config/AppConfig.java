package io.quittance.streams.config;

import io.quittance.contract.Topics;
import io.quittance.streams.domain.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;

/**
 * Everything the application is told from outside. CONFIGURATION.md lists the keys.
 *
 * @param applicationId name shared by all instances of the pipeline
 * @param applicationServer host:port under which other instances reach this one's HTTP; null where they need not
 * @param topics names of the pipeline's topics
 * @param policyName the policy in force
 * @param punctuateInterval how often due timers are looked for
 * @param keepDeadLetterPayload whether a dead letter carries the record's bytes
 * @param reachableSystemsPoll how often the brokers are asked which systems have a task topic
 * @param settings what the decider works with
 * @param signatures what signatures of decisions are checked with
 * @param grantSigningKey file with the private key that grants are signed with; null where they are not
 * @param clients what goes to Kafka's and the schema registry's clients
 */
public record AppConfig(
        String applicationId,
        @Nullable String applicationServer,
        Topics topics,
        String policyName,
        HttpConfig http,
        Processing processing,
        StoreMemory memory,
        SizeLimits sizeLimits,
        Duration punctuateInterval,
        boolean keepDeadLetterPayload,
        Duration reachableSystemsPoll,
        Settings settings,
        SignatureConfig signatures,
        @Nullable Path grantSigningKey,
        ClientConfig clients) {

    /** Property with the bytes of the shared RocksDB cache, for the class that sets RocksDB up. */
    public static final String ROCKSDB_CACHE_BYTES = "quittance.rocksdb.cache.bytes";

    /** Property with the bytes of it that write buffers may take. */
    public static final String ROCKSDB_WRITE_BUFFER_BYTES = "quittance.rocksdb.write.buffer.bytes";

    /**
     * @param stateDirectory where local stores are
     * @param standbyReplicas copies of each store on other instances
     */
    public record Processing(Path stateDirectory, int threads, int standbyReplicas, Duration commitInterval) {}

    /**
     * Reads a properties file.
     *
     * @throws InvalidConfiguration with a line for every mistake
     */
    public static AppConfig load(Path file) {
        return AppConfigParser.parse(ConfigReader.read(file.toString(), PropertiesFile.read(file)));
    }

    /**
     * Reads the same keys from a map.
     *
     * @throws InvalidConfiguration with a line for every mistake
     */
    public static AppConfig from(Map<String, ?> values) {
        Map<String, String> text = new HashMap<>();
        values.forEach((key, value) -> text.put(key, ConfigurationTable.text(value)));
        return AppConfigParser.parse(ConfigReader.read("configuration", text));
    }

    /** All that Kafka Streams is given, but for the classes the topology brings along. */
    public Properties toStreamsProperties() {
        Properties properties = new Properties();
        properties.putAll(clients.streams());
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
        if (applicationServer != null) {
            properties.put(StreamsConfig.APPLICATION_SERVER_CONFIG, applicationServer);
        }
        properties.put(
                StreamsConfig.STATE_DIR_CONFIG, processing.stateDirectory().toString());
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, processing.threads());
        properties.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, processing.standbyReplicas());
        properties.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                processing.commitInterval().toMillis());
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, memory.recordCache());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        // The streams protocol cannot yet change a topology in place.
        properties.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        properties.put(ROCKSDB_CACHE_BYTES, memory.rocksDbCache());
        properties.put(ROCKSDB_WRITE_BUFFER_BYTES, memory.rocksDbWriteBuffers());
        return properties;
    }
}
