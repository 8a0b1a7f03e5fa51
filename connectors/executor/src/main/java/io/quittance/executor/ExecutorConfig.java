package io.quittance.executor;

import io.quittance.contract.RegistryLogin;
import io.quittance.contract.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** The configuration of one executor: the shared options and those of its plugin. */
public final class ExecutorConfig extends AbstractConfig {
    /** Name of the system in the data map. */
    public static final String SYSTEM = SharedOptions.SYSTEM;
    /** What the names of the pipeline's topics begin with. */
    public static final String TOPICS_PREFIX = SharedOptions.TOPICS_PREFIX;
    /** Must be read_committed. */
    public static final String ISOLATION_LEVEL = SharedOptions.ISOLATION_LEVEL;
    /** Must be earliest. */
    public static final String OFFSET_RESET = SharedOptions.OFFSET_RESET;

    /** What to say of it. */
    public static final String SIGNATURE_WITHOUT_KEYS = SharedOptions.GRANT_SIGNATURE + ": without "
            + SharedOptions.GRANT_JWKS + " no signature can be checked; set " + SharedOptions.GRANT_JWKS
            + ", or leave both out.";

    /** Whether a grant must be signed: {@code required} or {@code optional}. */
    public static final String GRANT_SIGNATURE = SharedOptions.GRANT_SIGNATURE;
    /** Keys that grants are signed with. */
    public static final String GRANT_JWKS = SharedOptions.GRANT_JWKS;

    /** @throws ConfigException one line that says what is wrong, where, and how to mend it */
    public ExecutorConfig(ExecutorPlugin plugin, Map<String, String> properties) {
        super(definition(plugin), properties, false);
        if (longestRetryDelay().compareTo(retryDelay()) <= 0) {
            throw new ConfigException(
                    SharedOptions.RETRY_MAX_DELAY + " must be greater than " + SharedOptions.RETRY_DELAY);
        }
        if (isSignatureWithoutKeys(properties)) {
            throw new ConfigException(SIGNATURE_WITHOUT_KEYS);
        }
    }

    /** Every option that a plugin's connector understands, beside Connect's own. */
    public static ConfigDef definition(ExecutorPlugin plugin) {
        ConfigDef definition = SharedOptions.definition();
        plugin.options().configKeys().values().forEach(definition::define);
        return definition;
    }

    /** Name of the system in the data map; tasks for another are refused. */
    public String system() {
        return getString(SYSTEM);
    }

    public Topics topics() {
        try {
            return Topics.withPrefix(getString(TOPICS_PREFIX));
        } catch (IllegalArgumentException illegal) {
            throw new ConfigException(TOPICS_PREFIX + ": " + illegal.getMessage());
        }
    }

    public int threads() {
        return getInt(SharedOptions.THREADS);
    }

    /** Unanswered tasks at which fetching pauses. */
    public int window() {
        return getInt(SharedOptions.WINDOW);
    }

    /** In bytes. */
    public int largestTask() {
        return getInt(SharedOptions.LARGEST_TASK);
    }

    public int tries() {
        return getInt(SharedOptions.TRIES);
    }

    public Duration retryDelay() {
        return millis(SharedOptions.RETRY_DELAY);
    }

    public Duration longestRetryDelay() {
        return millis(SharedOptions.RETRY_MAX_DELAY);
    }

    public Duration clockSkew() {
        return millis(SharedOptions.CLOCK_SKEW);
    }

    public Duration revocationsTimeout() {
        return millis(SharedOptions.REVOCATIONS_TIMEOUT);
    }

    /** Whether a dead letter carries the record's bytes. */
    public boolean deadLetterPayload() {
        return getString(SharedOptions.DEAD_LETTER_PAYLOAD).equals(SharedOptions.KEEP);
    }

    /** What signatures of grants are checked with; empty where they are not checked. */
    public Optional<GrantSignatures> grantSignatures() {
        String place = getString(SharedOptions.GRANT_JWKS);
        boolean optional = getString(SharedOptions.GRANT_SIGNATURE).equals(SharedOptions.OPTIONAL);
        return place.isBlank() ? Optional.empty() : Optional.of(GrantSignatures.of(place, !optional));
    }

    /** Whether it is said how signatures are to be treated, and not with which keys. */
    public static boolean isSignatureWithoutKeys(Map<String, String> properties) {
        return !properties.getOrDefault(GRANT_SIGNATURE, "").isBlank()
                && properties.getOrDefault(GRANT_JWKS, "").isBlank();
    }

    /** Pseudonyms under the configured key, or ones that fail when asked for. */
    public Pseudonyms pseudonyms() {
        String file = getString(SharedOptions.PSEUDONYM_KEY_FILE);
        return file.isBlank()
                ? Pseudonyms.withoutKey()
                : Pseudonyms.keyed(PseudonymKeyFile.read(SharedOptions.PSEUDONYM_KEY_FILE, file), system());
    }

    /** Properties for the executor's own Kafka clients. Holds secrets. */
    public Map<String, Object> kafkaClient() {
        return originalsWithPrefix(SharedOptions.KAFKA_PREFIX);
    }

    /** Properties for serdes. Holds secrets. */
    public Map<String, Object> serdes() {
        Map<String, Object> properties = new HashMap<>(originals());
        properties.keySet().removeIf(key -> !isSerdeKey(key));
        RegistryLogin.complete(properties);
        return properties;
    }

    private static boolean isSerdeKey(String key) {
        return key.startsWith("schema.registry.")
                || key.startsWith("basic.auth.")
                || key.startsWith("bearer.auth.")
                || key.equals("auto.register.schemas")
                || key.equals("use.latest.version");
    }

    private Duration millis(String key) {
        return Duration.ofMillis(getInt(key));
    }
}
