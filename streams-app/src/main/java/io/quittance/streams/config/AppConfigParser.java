package io.quittance.streams.config;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientConfig;
import io.confluent.kafka.serializers.AbstractKafkaSchemaSerDeConfig;
import io.quittance.contract.RegistryLogin;
import io.quittance.contract.Topics;
import io.quittance.streams.domain.Settings;
import io.quittance.streams.domain.clock.Regimes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** From values to records. */
final class AppConfigParser {

    private static final long MIB = 1024 * 1024;
    private static final Set<String> SERDE_KEYS =
            AbstractKafkaSchemaSerDeConfig.baseConfigDef().names();

    /**
     * One question to the registry and no more: whoever asks waits with a transaction open, and has patience of its
     * own. The client's defaults are three more tries and a minute for each.
     */
    private static final Map<String, String> REGISTRY_DEFAULTS = Map.of(
            SchemaRegistryClientConfig.MAX_RETRIES_CONFIG, "0",
            SchemaRegistryClientConfig.HTTP_CONNECT_TIMEOUT_MS, "3000",
            SchemaRegistryClientConfig.HTTP_READ_TIMEOUT_MS, "3000");

    private final String source;
    private final Map<String, Object> own;
    private final Map<String, String> clients;

    private AppConfigParser(ConfigReader.Values values) {
        source = values.source();
        own = values.own();
        clients = values.clients();
    }

    static AppConfig parse(ConfigReader.Values values) {
        return new AppConfigParser(values).app();
    }

    private AppConfig app() {
        return new AppConfig(
                text(AppOptions.APPLICATION_ID),
                textOrNull(AppOptions.APPLICATION_SERVER),
                Topics.withPrefix(text(AppOptions.TOPIC_PREFIX)),
                text(AppOptions.POLICY_NAME),
                http(),
                new AppConfig.Processing(
                        Path.of(text(AppOptions.STATE_DIR)),
                        number(AppOptions.NUM_STREAM_THREADS).intValue(),
                        number(AppOptions.NUM_STANDBY_REPLICAS).intValue(),
                        Duration.ofMillis(number(AppOptions.COMMIT_INTERVAL_MS).longValue())),
                new StoreMemory(
                        number(AppOptions.ROCKSDB_CACHE_MB).longValue() * MIB,
                        number(AppOptions.ROCKSDB_WRITE_BUFFER_MB).longValue() * MIB,
                        number(AppOptions.STORE_CACHE_BYTES).longValue(),
                        number(AppOptions.DOCKET_CACHE_BYTES).longValue()),
                new SizeLimits(
                        number(AppOptions.INPUT_VALUE_MAX_BYTES).intValue(),
                        number(AppOptions.STORED_VALUE_MAX_BYTES).intValue()),
                Duration.ofMillis(number(AppOptions.PUNCTUATE_INTERVAL_MS).longValue()),
                text(AppOptions.DEAD_LETTER_PAYLOAD).equals(AppOptions.KEEP),
                duration(AppOptions.REACHABLE_SYSTEMS_POLL),
                settings(),
                SignatureConfig.of(
                        textOrNull(AppOptions.DECISIONS_JWKS),
                        textOrNull(AppOptions.DECISIONS_SIGNATURE_ISSUER),
                        duration(AppOptions.DECISIONS_SIGNATURE_SKEW)),
                grantSigningKey(),
                clientConfig());
    }

    private @Nullable Path grantSigningKey() {
        String file = textOrNull(AppOptions.GRANT_SIGNING_KEY);
        return file == null ? null : Path.of(file);
    }

    private HttpConfig http() {
        String tokenFile = textOrNull(AppOptions.HTTP_TOKEN_FILE);
        return new HttpConfig(
                text(AppOptions.HTTP_HOST),
                number(AppOptions.HTTP_PORT).intValue(),
                tokenFile == null ? null : Path.of(tokenFile));
    }

    private Settings settings() {
        return new Settings(
                regimes(),
                number(AppOptions.SUBJECT_MAX_OPEN_REQUESTS).intValue(),
                number(AppOptions.REQUEST_MAX_IDENTIFIER_BYTES).longValue(),
                number(AppOptions.EARLY_MAX_PER_SUBJECT).intValue(),
                duration(AppOptions.EARLY_KEEP),
                number(AppOptions.CLOSED_MAX_PER_SUBJECT).intValue(),
                duration(AppOptions.CLOSED_KEEP),
                number(AppOptions.TRAIL_MAX_ENTRIES).intValue(),
                duration(AppOptions.TASK_RETRY_BASE),
                duration(AppOptions.TASK_RETRY_MAX),
                duration(AppOptions.SYSTEM_UNREACHABLE_RECHECK),
                duration(AppOptions.GRANT_GRACE),
                duration(AppOptions.TASK_RETRY_ORDER_WAIT),
                Duration.ofMillis(number(AppOptions.AUDIT_PROGRESS_DELAY_MS).longValue()),
                text(AppOptions.DECISIONS_SIGNATURE).equals(AppOptions.REQUIRED));
    }

    private Regimes regimes() {
        String file = textOrNull(AppOptions.REGIMES_FILE);
        Regimes all = file == null ? RegimesReader.builtIn() : RegimesReader.read(Path.of(file));
        if (own.get(AppOptions.REGIMES) == null) {
            return all;
        }
        List<String> wanted = list(AppOptions.REGIMES);
        List<String> problems = wanted.stream()
                .filter(name -> !all.has(name))
                .map(name -> source + ": " + AppOptions.REGIMES + ": there is no regime '" + name + "' in "
                        + (file == null ? "the built-in regimes" : file) + "; those there are: "
                        + String.join(", ", new TreeSet<>(all.names())) + ".")
                .toList();
        if (!problems.isEmpty()) {
            throw new InvalidConfiguration(problems);
        }
        return all.only(wanted);
    }

    private ClientConfig clientConfig() {
        Map<String, Object> kafka = new TreeMap<>();
        Map<String, Object> admin = new TreeMap<>();
        Map<String, Object> streams = new TreeMap<>();
        Map<String, Object> serdes = new TreeMap<>();
        kafka.put(AppOptions.BOOTSTRAP_SERVERS, String.join(",", list(AppOptions.BOOTSTRAP_SERVERS)));
        serdes.put(AppOptions.SCHEMA_REGISTRY_URL, text(AppOptions.SCHEMA_REGISTRY_URL));
        clients.forEach((key, value) -> {
            if (SERDE_KEYS.contains(key) || key.startsWith("schema.registry.")) {
                serdes.put(key, value);
            } else if (key.startsWith(ClientKeys.STREAMS_PREFIX)) {
                streams.put(key.substring(ClientKeys.STREAMS_PREFIX.length()), value);
            } else if (ClientKeys.isPrefixed(key)) {
                streams.put(key, value);
            } else {
                kafka.put(key, value);
            }
            if (key.startsWith(ClientKeys.ADMIN_PREFIX)) {
                admin.put(key.substring(ClientKeys.ADMIN_PREFIX.length()), value);
            }
        });
        kafka.forEach(streams::putIfAbsent);
        REGISTRY_DEFAULTS.forEach(serdes::putIfAbsent);
        RegistryLogin.complete(serdes);
        return new ClientConfig(kafka, admin, streams, serdes);
    }

    private String text(String key) {
        return (String) value(key);
    }

    private @Nullable String textOrNull(String key) {
        return (String) own.get(key);
    }

    private Number number(String key) {
        return (Number) value(key);
    }

    private Duration duration(String key) {
        return Duration.parse(text(key));
    }

    private List<String> list(String key) {
        return ((List<?>) value(key)).stream().map(String.class::cast).toList();
    }

    private Object value(String key) {
        return Objects.requireNonNull(own.get(key), key);
    }
}
