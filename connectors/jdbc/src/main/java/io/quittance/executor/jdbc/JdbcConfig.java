package io.quittance.executor.jdbc;

import io.quittance.executor.ExecutorConfig;
import java.time.Duration;
import java.util.Locale;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/**
 * How to reach the database and how to work in it.
 *
 * @param statementTimeout after which the server ends a statement
 * @param silence after which the server ends a session that says nothing in a transaction, the time included that it
 *     may take to look at the grant
 * @param receipts table that proves which tasks were carried out
 * @param portions how much is held in memory by one connection
 */
record JdbcConfig(
        String url,
        String user,
        Password password,
        int poolSize,
        Duration statementTimeout,
        Duration silence,
        TableName receipts,
        Portions portions) {
    private static final String URL = "connection.url";
    private static final String USER = "connection.user";
    private static final String PASSWORD = "connection.password";
    private static final String POOL_SIZE = "connection.pool.size";
    private static final String STATEMENT_TIMEOUT = "statement.timeout.ms";
    private static final String IDLE_TIMEOUT = "idle.timeout.ms";
    private static final String RECEIPTS = "receipts.table";
    private static final String FETCH_SIZE = "fetch.size";
    private static final String FETCH_BYTES = "fetch.bytes";
    private static final String GROUP = "Database";

    static ConfigDef define(ConfigDef config) {
        int order = 0;
        return config.define(
                        URL,
                        Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        ConfigDef.LambdaValidator.with(JdbcConfig::ensureUrl, () -> "jdbc:postgresql://host:port/name"),
                        Importance.HIGH,
                        "Database, as jdbc:postgresql://host:port/name, with the driver's options but without password.",
                        GROUP,
                        ++order,
                        Width.LONG,
                        "URL")
                .define(
                        USER,
                        Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        new ConfigDef.NonEmptyString(),
                        Importance.HIGH,
                        "Role to log in as. It needs to read, and for its disposals change, the tables of the data map"
                                + " and nothing else; and to create the receipts table, unless that exists.",
                        GROUP,
                        ++order,
                        Width.MEDIUM,
                        "User")
                .define(
                        PASSWORD,
                        Type.PASSWORD,
                        "",
                        Importance.HIGH,
                        "The role's password. Give it through a ConfigProvider. Empty if the server asks for none.",
                        GROUP,
                        ++order,
                        Width.MEDIUM,
                        "Password")
                .define(
                        POOL_SIZE,
                        Type.INT,
                        4,
                        Range.between(1, 64),
                        Importance.MEDIUM,
                        "Connections one Connect task opens at most; executor.threads is a good value.",
                        GROUP,
                        ++order,
                        Width.SHORT,
                        "Pool size")
                .define(
                        STATEMENT_TIMEOUT,
                        Type.INT,
                        60_000,
                        Range.between(100, 3_600_000),
                        Importance.MEDIUM,
                        "After how many milliseconds the server ends a statement, waiting for locks included; the try"
                                + " then fails with DATABASE_TIMEOUT.",
                        GROUP,
                        ++order,
                        Width.SHORT,
                        "Statement timeout")
                .define(
                        IDLE_TIMEOUT,
                        Type.INT,
                        30_000,
                        Range.between(100, 3_600_000),
                        Importance.MEDIUM,
                        "After how many milliseconds without a statement in a transaction the server ends the session,"
                                + " so that a worker that stands still loses its locks; the try then fails with"
                                + " DATABASE_TIMEOUT. executor.revocations.timeout.ms comes on top, and 15 minutes"
                                + " where a document is written.",
                        GROUP,
                        ++order,
                        Width.SHORT,
                        "Idle timeout")
                .define(
                        RECEIPTS,
                        Type.STRING,
                        "quittance_receipts",
                        ConfigDef.LambdaValidator.with(JdbcConfig::ensureTable, () -> "table or schema.table"),
                        Importance.MEDIUM,
                        "Table for receipts: what a task did, written in the transaction that did it, so that a"
                                + " redelivered task answers with the same evidence. Created if it is not there.",
                        GROUP,
                        ++order,
                        Width.MEDIUM,
                        "Receipts table")
                .define(
                        FETCH_SIZE,
                        Type.INT,
                        1_000,
                        Range.between(1, 100_000),
                        Importance.LOW,
                        "Most rows that a connection holds in memory while it reads a table.",
                        GROUP,
                        ++order,
                        Width.SHORT,
                        "Fetch size")
                .define(
                        FETCH_BYTES,
                        Type.INT,
                        64 * 1024 * 1024,
                        Range.between(1024 * 1024, 1024 * 1024 * 1024),
                        Importance.LOW,
                        "Most bytes of rows that a connection holds in memory while it reads a table: where rows are"
                                + " large, fewer than fetch.size are fetched at a time. A single row that is larger fails"
                                + " the task with ROW_TOO_LARGE.",
                        GROUP,
                        ++order,
                        Width.SHORT,
                        "Fetch bytes");
    }

    static JdbcConfig parse(ExecutorConfig config) {
        return new JdbcConfig(
                config.getString(URL),
                config.getString(USER),
                config.getPassword(PASSWORD),
                config.getInt(POOL_SIZE),
                Duration.ofMillis(config.getInt(STATEMENT_TIMEOUT)),
                config.revocationsTimeout().plusMillis(config.getInt(IDLE_TIMEOUT)),
                TableName.parse(config.getString(RECEIPTS)),
                new Portions(config.getInt(FETCH_SIZE), config.getInt(FETCH_BYTES)));
    }

    /** Without the value: it may hold the password it should not. */
    private static void ensureUrl(String key, Object value) {
        if (!(value instanceof String url) || !url.startsWith("jdbc:postgresql:")) {
            throw new ConfigException(key + " must begin with jdbc:postgresql: and name the database");
        }
        if (url.toLowerCase(Locale.ROOT).matches(".*[?&](ssl)?password=.*")) {
            throw new ConfigException(key + " must not hold a password: give it as " + PASSWORD);
        }
    }

    private static void ensureTable(String key, Object value) {
        try {
            TableName.parse(String.valueOf(value));
        } catch (IllegalArgumentException illegal) {
            throw new ConfigException(key, value, "must be a table or schema.table");
        }
    }
}
