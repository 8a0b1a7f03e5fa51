package io.quittance.executor.export;

import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;

/** Text values of a configuration. */
final class ConfigText {
    private ConfigText() {}

    static String required(AbstractConfig config, String key) {
        String value = config.getString(key).strip();
        if (value.isEmpty()) {
            throw new ConfigException(key + " is missing: set it");
        }
        return value;
    }
}
