package io.quittance.quickstart.stack;

import io.quittance.harness.KafkaCluster;
import io.quittance.harness.PostgresProcess;
import io.quittance.harness.Reaper;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Who runs the brokers and the shop's database: the stack itself, or somebody else, who then also stops them.
 *
 * @param brokers called once, on any thread
 * @param database called once, on any thread
 */
public record Hosting(Supplier<Brokers> brokers, Supplier<Database> database) {

    /** Both on this machine, started and stopped with the stack. */
    static Hosting here(Reaper reaper, Ports ports) {
        return new Hosting(() -> startBroker(reaper, ports), () -> startDatabase(reaper, ports));
    }

    /** Brokers that run already. */
    public Hosting withBrokers(String bootstrapServers) {
        return new Hosting(() -> new Brokers(bootstrapServers, () -> {}), database);
    }

    /** An empty PostgreSQL database that runs already. */
    public Hosting withDatabase(String jdbcUrl, String user, String password) {
        return new Hosting(brokers, () -> new Database(jdbcUrl, user, password, () -> {}));
    }

    /**
     * Brokers that run.
     *
     * @param stop does nothing for those that somebody else stops
     */
    public record Brokers(String bootstrapServers, Runnable stop) implements AutoCloseable {
        @Override
        public void close() {
            stop.run();
        }
    }

    /**
     * A PostgreSQL database that runs.
     *
     * @param user may make schemas and tables
     * @param stop does nothing for one that somebody else stops
     */
    public record Database(String jdbcUrl, String user, String password, Runnable stop) implements AutoCloseable {

        DataSource dataSource() {
            var source = new PGSimpleDataSource();
            source.setUrl(jdbcUrl);
            source.setUser(user);
            source.setPassword(password);
            return source;
        }

        /** Without the password. */
        @Override
        public String toString() {
            return "Database[" + jdbcUrl + "]";
        }

        @Override
        public void close() {
            stop.run();
        }
    }

    private static Brokers startBroker(Reaper reaper, Ports ports) {
        var kafka = KafkaCluster.start(
                reaper.directory().resolve("kafka"),
                KafkaCluster.Options.defaults().withPort(ports.kafka()));
        return new Brokers(kafka.bootstrapServers(), kafka::close);
    }

    private static Database startDatabase(Reaper reaper, Ports ports) {
        var postgres = PostgresProcess.start(
                reaper,
                PostgresProcess.Options.defaults().withPort(ports.postgres()).withDatabase("shop"));
        return new Database(postgres.jdbcUrl(), postgres.user(), postgres.password(), postgres::close);
    }
}
