package io.quittance.executor.jdbc;

import io.quittance.executor.connect.QuittanceSinkConnector;
import org.apache.kafka.connect.connector.Task;

/** Carries out a system's tasks in PostgreSQL. */
public final class JdbcExecutorConnector extends QuittanceSinkConnector {
    public JdbcExecutorConnector() {
        super(new JdbcPlugin());
    }

    @Override
    public Class<? extends Task> taskClass() {
        return JdbcExecutorTask.class;
    }
}
