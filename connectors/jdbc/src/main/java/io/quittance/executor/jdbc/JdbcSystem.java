package io.quittance.executor.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.quittance.executor.DataSystem;
import io.quittance.executor.TaskFailure;
import io.quittance.executor.Work;
import io.quittance.executor.export.ExportStore;
import io.quittance.schema.DatasetOutcome;
import io.quittance.schema.Task;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;

/** A PostgreSQL database as a data system: connections, transactions, and what its errors mean. */
final class JdbcSystem implements DataSystem {
    private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(10);
    /** The server ends a statement first; this is for a server that is gone. */
    private static final Duration SOCKET_MARGIN = Duration.ofSeconds(30);

    private interface Part {
        List<DatasetOutcome> in(TaskTransaction transaction) throws SQLException, TaskFailure, InterruptedException;
    }

    private interface Rollback extends AutoCloseable {
        @Override
        void close() throws SQLException;
    }

    private final HikariDataSource pool;
    private final ExportStore store;
    private final JdbcConfig config;
    private final Receipts receipts;
    private final Clock clock;

    private JdbcSystem(HikariDataSource pool, ExportStore store, JdbcConfig config, Clock clock) {
        this.pool = pool;
        this.store = store;
        this.config = config;
        this.receipts = new Receipts(config.receipts());
        this.clock = clock;
    }

    /** Connects when the first task comes: a database that is away is no reason not to start. */
    static JdbcSystem open(JdbcConfig config, ExportStore store, Clock clock) {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(config.url());
        database.setUser(config.user());
        database.setPassword(config.password().value());
        database.setApplicationName("quittance");
        database.setTcpKeepAlive(true);
        database.setLogServerErrorDetail(false);
        database.setSocketTimeout(
                Math.toIntExact(config.statementTimeout().plus(SOCKET_MARGIN).toSeconds()));
        HikariConfig settings = new HikariConfig();
        settings.setDataSource(database);
        settings.setPoolName("quittance-jdbc");
        settings.setAutoCommit(false);
        // Whoever has waited for a lock must then see what was committed meanwhile, whatever the database's default is.
        settings.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        settings.setMaximumPoolSize(config.poolSize());
        settings.setMinimumIdle(0);
        settings.setConnectionTimeout(CONNECTION_TIMEOUT.toMillis());
        settings.setInitializationFailTimeout(-1);
        return new JdbcSystem(new HikariDataSource(settings), store, config, clock);
    }

    @Override
    public List<DatasetOutcome> execute(Work work) throws TaskFailure, InterruptedException {
        return inTransaction(work.task(), transaction -> transaction.carryOut(work));
    }

    @Override
    public List<DatasetOutcome> earlierOutcomes(Task task) throws TaskFailure, InterruptedException {
        return inTransaction(task, transaction -> transaction.earlierOutcomes(task));
    }

    @Override
    public void close() {
        pool.close();
        store.close();
    }

    private List<DatasetOutcome> inTransaction(Task task, Part part) throws TaskFailure, InterruptedException {
        try (Connection connection = pool.getConnection()) {
            // Whatever is to last is committed. A connection that is gone must not hide why the work ended.
            Rollback rest = connection::rollback;
            try (rest) {
                return part.in(new TaskTransaction(connection, receipts, store, config, clock));
            }
        } catch (SQLException failure) {
            if (Thread.interrupted()) {
                throw new InterruptedException("stopping");
            }
            throw SqlFailures.explain(failure, task);
        }
    }
}
