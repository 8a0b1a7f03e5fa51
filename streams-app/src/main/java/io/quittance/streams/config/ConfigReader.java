package io.quittance.streams.config;

import static io.quittance.streams.config.AppOptions.DECISIONS_JWKS;
import static io.quittance.streams.config.AppOptions.DECISIONS_SIGNATURE;
import static io.quittance.streams.config.AppOptions.DECISIONS_SIGNATURE_ISSUER;
import static io.quittance.streams.config.AppOptions.INPUT_VALUE_MAX_BYTES;
import static io.quittance.streams.config.AppOptions.REQUEST_MAX_IDENTIFIER_BYTES;
import static io.quittance.streams.config.AppOptions.REQUIRED;
import static io.quittance.streams.config.AppOptions.ROCKSDB_CACHE_MB;
import static io.quittance.streams.config.AppOptions.ROCKSDB_WRITE_BUFFER_MB;
import static io.quittance.streams.config.AppOptions.TASK_RETRY_BASE;
import static io.quittance.streams.config.AppOptions.TASK_RETRY_MAX;
import static io.quittance.streams.config.ClientKeys.STREAMS_PREFIX;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigValue;

/** From text to values: every key known, every reference followed, every value of its type, or every mistake named. */
final class ConfigReader {

    /** What was read, and from where: our own keys parsed, the clients' as they are, references replaced in both. */
    record Values(String source, Map<String, Object> own, Map<String, String> clients) {}

    private final ConfigDef definition = AppOptions.definition();
    private final ClientKeys clientKeys = new ClientKeys();
    private final Secrets secrets = new Secrets();
    private final String source;
    private final List<String> problems = new ArrayList<>();
    private final Map<String, String> own = new TreeMap<>();
    private final Map<String, String> clients = new TreeMap<>();

    private ConfigReader(String source) {
        this.source = source;
    }

    /**
     * @param source where the values come from, for messages
     * @throws InvalidConfiguration with every mistake
     */
    static Values read(String source, Map<String, String> raw) {
        ConfigReader reader = new ConfigReader(source);
        raw.forEach(reader::take);
        reader.validate(raw.keySet());
        reader.throwIfAny();
        Map<String, Object> own = reader.definition.parse(reader.own);
        reader.checkTogether(own);
        reader.throwIfAny();
        return new Values(source, own, reader.clients);
    }

    private void take(String key, String value) {
        boolean ours = definition.names().contains(key);
        Optional<String> decided = ours ? Optional.empty() : clientKeys.decidedHere(key);
        if (decided.isPresent()) {
            problem(key, "it cannot be set: " + decided.get());
        } else if (!ours && !clientKeys.knows(key)) {
            problem(key, "there is no such key; " + suggestion(key));
        } else if (!ours && clientKeys.isSecret(key) && !Secrets.isKeptElsewhere(key, value)) {
            problem(
                    key,
                    "a secret stands in the open; keep it elsewhere and refer to it with ${file:PATH:KEY},"
                            + " ${dir:DIRECTORY:FILE} or ${env:NAME}.");
        } else {
            resolve(key, value).ifPresent(resolved -> (ours ? own : clients).put(key, resolved));
        }
    }

    private Optional<String> resolve(String key, String value) {
        try {
            return Optional.of(secrets.resolve(value));
        } catch (Secrets.Unresolved e) {
            problem(key, e.what());
            return Optional.empty();
        }
    }

    private void validate(Set<String> given) {
        for (ConfigValue checked : definition.validateAll(own).values()) {
            boolean missing = !given.contains(checked.name());
            boolean unresolved = !missing && !own.containsKey(checked.name());
            if (!checked.errorMessages().isEmpty() && !unresolved) {
                problem(
                        checked.name(),
                        missing
                                ? "it is missing; set it. " + documentation(checked.name())
                                : "its value does not fit: " + expectation(checked) + ".");
            }
        }
    }

    /** What fits by itself but not beside another value. */
    private void checkTogether(Map<String, Object> values) {
        if (number(values, ROCKSDB_WRITE_BUFFER_MB) > number(values, ROCKSDB_CACHE_MB)) {
            problem(ROCKSDB_WRITE_BUFFER_MB, "it is a part of " + ROCKSDB_CACHE_MB + "; make it no larger.");
        }
        if (duration(values, TASK_RETRY_BASE).compareTo(duration(values, TASK_RETRY_MAX)) > 0) {
            problem(TASK_RETRY_BASE, "it is longer than " + TASK_RETRY_MAX + "; make it no longer.");
        }
        if (number(values, REQUEST_MAX_IDENTIFIER_BYTES) > number(values, INPUT_VALUE_MAX_BYTES)) {
            problem(REQUEST_MAX_IDENTIFIER_BYTES, "it is a part of " + INPUT_VALUE_MAX_BYTES + "; make it no larger.");
        }
        if (values.get(DECISIONS_JWKS) == null) {
            checkWithoutKeys(values);
        }
    }

    private void checkWithoutKeys(Map<String, Object> values) {
        String mend = " Set " + DECISIONS_JWKS + ", or remove it.";
        if (REQUIRED.equals(values.get(DECISIONS_SIGNATURE))) {
            problem(
                    DECISIONS_SIGNATURE,
                    "without keys no signature can be checked and no decision could count." + mend);
        }
        if (values.get(DECISIONS_SIGNATURE_ISSUER) != null) {
            problem(DECISIONS_SIGNATURE_ISSUER, "without keys no signature can be checked." + mend);
        }
    }

    private static long number(Map<String, Object> values, String key) {
        return ((Number) Objects.requireNonNull(values.get(key), key)).longValue();
    }

    private static Duration duration(Map<String, Object> values, String key) {
        return Duration.parse((String) Objects.requireNonNull(values.get(key), key));
    }

    private void throwIfAny() {
        if (!problems.isEmpty()) {
            throw new InvalidConfiguration(problems);
        }
    }

    /** What Kafka says is wrong, without the value. */
    private String expectation(ConfigValue checked) {
        String message = checked.errorMessages().get(0);
        String marker = "for configuration " + checked.name() + ": ";
        int at = message.lastIndexOf(marker);
        String reason = at < 0 ? "" : message.substring(at + marker.length());
        Object example = declared(checked.name()).defaultValue;
        boolean hasExample = example != null && example != ConfigDef.NO_DEFAULT_VALUE;
        return (reason.isEmpty() ? documentation(checked.name()) : reason)
                + (hasExample ? "; for example " + ConfigurationTable.text(example) : "");
    }

    private String documentation(String key) {
        return declared(key).documentation;
    }

    private ConfigKey declared(String key) {
        return Objects.requireNonNull(definition.configKeys().get(key), key);
    }

    private String suggestion(String key) {
        if (key.startsWith(STREAMS_PREFIX) && definition.names().contains(key.substring(STREAMS_PREFIX.length()))) {
            return "set " + key.substring(STREAMS_PREFIX.length()) + ".";
        }
        Set<String> known = new TreeSet<>(definition.names());
        known.addAll(clientKeys.names());
        return Spelling.nearest(key, known)
                .map(near -> "did you mean " + near + "?")
                .orElse("CONFIGURATION.md lists those there are.");
    }

    private void problem(String key, String what) {
        problems.add(source + ": " + key + ": " + what);
    }
}
