package io.quittance.executor.connect;

import io.quittance.contract.Topics;
import io.quittance.executor.ExecutorConfig;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What an executor demands of Connect's own settings, because its promises rest on them. */
final class RequiredSettings {
    private static final String BYTES = "org.apache.kafka.connect.converters.ByteArrayConverter";
    private static final String STRING = "org.apache.kafka.connect.storage.StringConverter";
    private static final String AUTO_COMMIT = "consumer.override.enable.auto.commit";
    private static final Set<String> KEY_CONVERTERS = Set.of(BYTES, STRING);

    private RequiredSettings() {}

    /** What is wrong, by the option under which to report it: one line each. */
    static Map<String, String> violations(Map<String, String> properties) {
        Map<String, String> violations = new LinkedHashMap<>();
        demand(
                violations,
                ExecutorConfig.ISOLATION_LEVEL,
                "read_committed".equals(properties.get(ExecutorConfig.ISOLATION_LEVEL)),
                ExecutorConfig.ISOLATION_LEVEL
                        + " must be read_committed: set it, or an aborted approval could erase data.");
        demand(
                violations,
                ExecutorConfig.OFFSET_RESET,
                "earliest".equals(properties.get(ExecutorConfig.OFFSET_RESET)),
                ExecutorConfig.OFFSET_RESET
                        + " must be earliest: set it, or tasks from before the connector's first start are lost.");
        demand(
                violations,
                ExecutorConfig.SYSTEM,
                "false".equals(properties.getOrDefault(AUTO_COMMIT, "false").strip()),
                AUTO_COMMIT + " must be false: leave it out, or tasks that were fetched and not done are lost.");
        demand(
                violations,
                ExecutorConfig.SYSTEM,
                BYTES.equals(properties.get("value.converter")),
                "value.converter must be " + BYTES + ": set it on the connector, the executor decodes by itself.");
        demand(
                violations,
                ExecutorConfig.SYSTEM,
                KEY_CONVERTERS.contains(String.valueOf(properties.get("key.converter"))),
                "key.converter must be " + STRING + " or " + BYTES + ": set it on the connector.");
        demand(
                violations,
                ExecutorConfig.GRANT_SIGNATURE,
                !ExecutorConfig.isSignatureWithoutKeys(properties),
                ExecutorConfig.SIGNATURE_WITHOUT_KEYS);
        demandTopic(violations, properties);
        return violations;
    }

    private static void demandTopic(Map<String, String> violations, Map<String, String> properties) {
        String system = properties.getOrDefault(ExecutorConfig.SYSTEM, "");
        String prefix = properties.getOrDefault(ExecutorConfig.TOPICS_PREFIX, Topics.DEFAULT_PREFIX);
        String expected;
        try {
            expected = Topics.withPrefix(prefix).tasks(system);
        } catch (IllegalArgumentException illegal) {
            demand(violations, ExecutorConfig.SYSTEM, false, String.valueOf(illegal.getMessage()));
            return;
        }
        demand(
                violations,
                ExecutorConfig.SYSTEM,
                expected.equals(properties.getOrDefault("topics", "").strip())
                        && properties.getOrDefault("topics.regex", "").isBlank(),
                "topics must be " + expected + " and nothing else: set it, and leave out topics.regex.");
    }

    private static void demand(Map<String, String> violations, String option, boolean met, String violation) {
        if (!met) {
            violations.merge(option, violation, (first, second) -> first + " " + second);
        }
    }
}
