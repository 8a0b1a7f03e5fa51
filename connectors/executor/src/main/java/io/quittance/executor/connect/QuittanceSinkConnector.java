package io.quittance.executor.connect;

import io.quittance.executor.BuildVersion;
import io.quittance.executor.ExecutorConfig;
import io.quittance.executor.ExecutorPlugin;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkConnector;

/**
 * A connector whose tasks are an executor. A plugin derives its own, with nothing but a constructor and a task class.
 */
public abstract class QuittanceSinkConnector extends SinkConnector {
    private final ExecutorPlugin plugin;
    private Map<String, String> properties = Map.of();

    protected QuittanceSinkConnector(ExecutorPlugin plugin) {
        this.plugin = plugin;
    }

    @Override
    public final String version() {
        return BuildVersion.get();
    }

    @Override
    public final ConfigDef config() {
        return ExecutorConfig.definition(plugin);
    }

    /** Reports settings an executor cannot work with, so that the REST API answers with them. */
    @Override
    public final Config validate(Map<String, String> connectorConfigs) {
        Config config = super.validate(connectorConfigs);
        Map<String, String> violations = RequiredSettings.violations(connectorConfigs);
        for (ConfigValue value : config.configValues()) {
            String violation = violations.get(value.name());
            if (violation != null) {
                value.addErrorMessage(violation);
            }
        }
        return config;
    }

    /** @throws ConnectException on settings an executor cannot work with */
    @Override
    public final void start(Map<String, String> props) {
        refuseViolations(props);
        properties = Map.copyOf(props);
    }

    @Override
    public final List<Map<String, String>> taskConfigs(int maxTasks) {
        return Collections.nCopies(maxTasks, properties);
    }

    @Override
    public final void stop() {
        properties = Map.of();
    }

    static void refuseViolations(Map<String, String> properties) {
        Map<String, String> violations = RequiredSettings.violations(properties);
        if (!violations.isEmpty()) {
            throw new ConnectException(String.join(" ", violations.values()));
        }
    }
}
