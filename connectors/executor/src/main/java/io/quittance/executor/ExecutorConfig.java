package io.quittance.executor;

import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;

/** The configuration of one executor: the shared options and those of its plugin. */
public final class ExecutorConfig extends AbstractConfig {
    public static final String SYSTEM = "system";

    public ExecutorConfig(ExecutorPlugin plugin, Map<String, String> properties) {
        super(definition(plugin), properties, false);
    }

    /** Every option that a plugin's connector understands, beside Connect's own. */
    public static ConfigDef definition(ExecutorPlugin plugin) {
        ConfigDef definition = shared();
        plugin.options().configKeys().values().forEach(definition::define);
        return definition;
    }

    private static ConfigDef shared() {
        return new ConfigDef()
                .define(
                        SYSTEM,
                        Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        new ConfigDef.NonEmptyString(),
                        Importance.HIGH,
                        "Name of the system in the data map.");
    }

    /** Name of the system in the data map; tasks for another are refused. */
    public String system() {
        return getString(SYSTEM);
    }
}
