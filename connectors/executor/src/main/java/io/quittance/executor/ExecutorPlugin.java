package io.quittance.executor;

import java.time.Clock;
import org.apache.kafka.common.config.ConfigDef;

/** One kind of system: its options, and how to reach it. Connector and task of a plugin share one. */
public interface ExecutorPlugin {
    /** Short name, in completions and client ids ("jdbc"). */
    String name();

    /** Options beyond those every executor has; each documented, secrets of type PASSWORD. */
    ConfigDef options();

    /**
     * Opens the system.
     *
     * @throws org.apache.kafka.common.config.ConfigException one line that says what is wrong, where, and how to mend
     *     it
     */
    DataSystem createSystem(ExecutorConfig config, Clock clock);
}
