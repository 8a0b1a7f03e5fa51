package io.quittance.executor;

import io.quittance.contract.Topics;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;

/** The options that every executor has, and their documentation. */
final class SharedOptions {
    static final String SYSTEM = "system";
    static final String TOPICS_PREFIX = "topics.prefix";
    /** What the properties of the executor's own Kafka clients begin with. */
    static final String KAFKA_PREFIX = "kafka.";

    static final String ISOLATION_LEVEL = "consumer.override.isolation.level";
    static final String OFFSET_RESET = "consumer.override.auto.offset.reset";

    static final String GRANT_JWKS = "grant.jwks";
    static final String GRANT_SIGNATURE = "grant.signature";
    static final String REQUIRED = "required";
    static final String OPTIONAL = "optional";

    static final String THREADS = "executor.threads";
    static final String WINDOW = "executor.window";
    static final String LARGEST_TASK = "executor.task.max.bytes";
    static final String TRIES = "executor.tries";
    static final String RETRY_DELAY = "executor.retry.delay.ms";
    static final String RETRY_MAX_DELAY = "executor.retry.max.delay.ms";
    static final String CLOCK_SKEW = "executor.clock.skew.ms";
    static final String REVOCATIONS_TIMEOUT = "executor.revocations.timeout.ms";
    static final String PSEUDONYM_KEY_FILE = "pseudonym.key.file";
    static final String DEAD_LETTER_PAYLOAD = "dead.letter.payload";
    static final String KEEP = "keep";
    static final String OMIT = "omit";
    static final String REGISTRY_URL = "schema.registry.url";
    static final String BOOTSTRAP_SERVERS = KAFKA_PREFIX + "bootstrap.servers";
    static final String TASKS = "Tasks";
    static final String KAFKA = "Kafka and schema registry";
    static final String EXECUTION = "Execution";

    /**
     * As much as brokers take by default. A task of the longest data map entry that the pipeline takes, with the
     * longest identifiers and its signature, is shorter.
     */
    private static final int LARGEST_TASK_DEFAULT = 1024 * 1024;

    private static final Map<String, String> SECRETS = new TreeMap<>(Map.of(
            "basic.auth.user.info",
            "User and password for the schema registry, with a colon between.",
            "bearer.auth.token",
            "Token for the schema registry.",
            "schema.registry.ssl.key.password",
            "Password of the schema registry client's key.",
            "schema.registry.ssl.keystore.password",
            "Password of the schema registry client's key store.",
            "schema.registry.ssl.truststore.password",
            "Password of the schema registry client's trust store.",
            KAFKA_PREFIX + "sasl.jaas.config",
            "Login of the executor's own Kafka clients.",
            KAFKA_PREFIX + "ssl.key.password",
            "Password of the Kafka clients' key.",
            KAFKA_PREFIX + "ssl.keystore.password",
            "Password of the Kafka clients' key store.",
            KAFKA_PREFIX + "ssl.truststore.password",
            "Password of the Kafka clients' trust store."));

    private SharedOptions() {}

    static ConfigDef definition() {
        ConfigDef definition = new ConfigDef();
        defineTasks(definition);
        defineSignatures(definition);
        defineClients(definition);
        defineExecution(definition);
        return definition;
    }

    private static void defineTasks(ConfigDef definition) {
        int order = 0;
        definition
                .define(
                        SYSTEM,
                        Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        ConfigDef.LambdaValidator.with(
                                SharedOptions::ensureLegalSystem, () -> "lower-case letters, digits and dashes"),
                        Importance.HIGH,
                        "Name of the system in the data map. The connector's topics must be the system's tasks topic,"
                                + " and nothing else.",
                        TASKS,
                        ++order,
                        Width.MEDIUM,
                        "System")
                .define(
                        TOPICS_PREFIX,
                        Type.STRING,
                        Topics.DEFAULT_PREFIX,
                        Importance.MEDIUM,
                        "What the names of the pipeline's topics begin with.",
                        TASKS,
                        ++order,
                        Width.MEDIUM,
                        "Prefix of topics")
                .define(
                        ISOLATION_LEVEL,
                        Type.STRING,
                        "",
                        Importance.HIGH,
                        "Must be read_committed: a task whose transaction was aborted was never approved.",
                        TASKS,
                        ++order,
                        Width.MEDIUM,
                        "Isolation level")
                .define(
                        OFFSET_RESET,
                        Type.STRING,
                        "",
                        Importance.HIGH,
                        "Must be earliest: a new executor has to find the tasks that were waiting for it.",
                        TASKS,
                        ++order,
                        Width.MEDIUM,
                        "Offset reset");
    }

    private static void defineSignatures(ConfigDef definition) {
        definition
                .define(
                        GRANT_JWKS,
                        Type.STRING,
                        "",
                        ConfigDef.LambdaValidator.with(
                                SharedOptions::ensurePlaceOfKeys,
                                () -> "a file, an https URL, or an http URL of this machine"),
                        Importance.HIGH,
                        "Keys that the pipeline signs grants with (its grant.signing.key): a JSON Web Key Set, as a file"
                                + " that is read at every look, or an https URL, whose keys are taken for 5 minutes,"
                                + " and for an hour more while it does not answer. Without, whoever can write to the"
                                + " system's tasks topic can have work done.",
                        TASKS,
                        5,
                        Width.LONG,
                        "Keys of grants")
                .define(
                        GRANT_SIGNATURE,
                        Type.STRING,
                        "",
                        ConfigDef.ValidString.in("", REQUIRED, OPTIONAL),
                        Importance.HIGH,
                        "Whether a grant must be signed, required or optional; a signature that is there is always"
                                + " checked. Empty means required where grant.jwks is set, and without it not checked.",
                        TASKS,
                        6,
                        Width.SHORT,
                        "Signature of grants");
    }

    private static void defineClients(ConfigDef definition) {
        int order = 0;
        definition
                .define(
                        BOOTSTRAP_SERVERS,
                        Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        new ConfigDef.NonEmptyString(),
                        Importance.HIGH,
                        "Brokers for the executor's own producer (completions) and consumer (revocations, freezes). Any other"
                                + " client property can be given with the same prefix, kafka.",
                        KAFKA,
                        ++order,
                        Width.LONG,
                        "Bootstrap servers")
                .define(
                        REGISTRY_URL,
                        Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        new ConfigDef.NonEmptyString(),
                        Importance.HIGH,
                        "Schema registry. The other standard keys of Confluent's serdes (schema.registry.*,"
                                + " basic.auth.*, bearer.auth.*, auto.register.schemas, use.latest.version) are passed"
                                + " on.",
                        KAFKA,
                        ++order,
                        Width.LONG,
                        "Schema registry");
        for (Map.Entry<String, String> secret : SECRETS.entrySet()) {
            definition.define(
                    secret.getKey(),
                    Type.PASSWORD,
                    "",
                    Importance.MEDIUM,
                    secret.getValue() + " Give it through a ConfigProvider.",
                    KAFKA,
                    ++order,
                    Width.LONG,
                    secret.getKey());
        }
    }

    private static void defineExecution(ConfigDef definition) {
        int order = 0;
        number(definition, THREADS, 4, 1, 64, ++order, "Tasks carried out at the same time by one Connect task.");
        number(
                definition,
                WINDOW,
                64,
                1,
                10_000,
                ++order,
                "Tasks taken in and not yet answered, at which fetching pauses. Up to consumer.override.max.poll.records"
                        + " more may be held.");
        number(
                definition,
                LARGEST_TASK,
                LARGEST_TASK_DEFAULT,
                1024,
                16 * 1024 * 1024,
                ++order,
                "Longest task, in bytes; a longer one is refused with TASK_TOO_LARGE.");
        number(definition, TRIES, 3, 1, 20, ++order, "Quick tries within one attempt, the first included.");
        number(definition, RETRY_DELAY, 200, 1, 60_000, ++order, "Delay before the second try; doubles from there.");
        number(definition, RETRY_MAX_DELAY, 5_000, 2, 600_000, ++order, "Longest delay between two tries.");
        number(
                definition,
                CLOCK_SKEW,
                2_000,
                0,
                60_000,
                ++order,
                "How far this machine's clock may be behind the pipeline's. A grant opens that much earlier; it never"
                        + " shuts later.");
        number(
                definition,
                REVOCATIONS_TIMEOUT,
                10_000,
                100,
                300_000,
                ++order,
                "How long reading the revocations and freezes topics to their ends may take; after that the try fails with"
                        + " REVOCATIONS_UNREADABLE.");
        definition.define(
                PSEUDONYM_KEY_FILE,
                Type.STRING,
                "",
                Importance.MEDIUM,
                "File with the key for PSEUDONYMIZE: at least 32 bytes, in hexadecimal or Base64. Without it, tasks that"
                        + " need pseudonyms fail with NO_PSEUDONYM_KEY.",
                EXECUTION,
                ++order,
                Width.LONG,
                "Pseudonym key");
        definition.define(
                DEAD_LETTER_PAYLOAD,
                Type.STRING,
                KEEP,
                ConfigDef.ValidString.in(KEEP, OMIT),
                Importance.MEDIUM,
                "Whether a dead letter carries the record's bytes, which may be personal data (keep), or only where it"
                        + " was (omit). The application has an option of the same name for its own dead letters.",
                EXECUTION,
                ++order,
                Width.SHORT,
                "Bytes in dead letters");
    }

    private static void number(
            ConfigDef definition, String key, int byDefault, int least, int most, int order, String documentation) {
        definition.define(
                key,
                Type.INT,
                byDefault,
                Range.between(least, most),
                Importance.LOW,
                documentation,
                EXECUTION,
                order,
                Width.SHORT,
                key);
    }

    private static void ensurePlaceOfKeys(String key, Object value) {
        try {
            if (value instanceof String place && !place.isBlank()) {
                GrantSignatures.of(place, true);
            }
        } catch (IllegalArgumentException neither) {
            // Without the value, which may hold a password.
            throw new ConfigException(key + ": name a file, an https URL, or an http URL of this machine");
        }
    }

    private static void ensureLegalSystem(String key, Object value) {
        if (!(value instanceof String system) || !Topics.isLegalSystem(system)) {
            throw new ConfigException(key, value, "use lower-case letters, digits and dashes, as in the data map");
        }
    }
}
