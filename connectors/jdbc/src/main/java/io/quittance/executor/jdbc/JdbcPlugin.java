package io.quittance.executor.jdbc;

import io.quittance.executor.DataSystem;
import io.quittance.executor.ExecutorConfig;
import io.quittance.executor.ExecutorPlugin;
import io.quittance.executor.export.ExportConfig;
import java.time.Clock;
import org.apache.kafka.common.config.ConfigDef;

/** PostgreSQL as a kind of system. */
final class JdbcPlugin implements ExecutorPlugin {
    @Override
    public String name() {
        return "jdbc";
    }

    @Override
    public ConfigDef options() {
        return ExportConfig.define(JdbcConfig.define(new ConfigDef()));
    }

    @Override
    public DataSystem createSystem(ExecutorConfig config, Clock clock) {
        return JdbcSystem.open(JdbcConfig.parse(config), ExportConfig.openStore(config), clock);
    }
}
