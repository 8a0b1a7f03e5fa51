package io.quittance.executor.jdbc;

import io.quittance.executor.connect.QuittanceSinkTask;

/** One Connect task of {@link JdbcExecutorConnector}. */
public final class JdbcExecutorTask extends QuittanceSinkTask {
    public JdbcExecutorTask() {
        super(new JdbcPlugin());
    }
}
