package io.quittance.harness;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.postgresql.PGConnection;

/**
 * A PostgreSQL server with password authentication, one application user and one database that this user owns. Not
 * durable against power loss (no fsync) unless its settings say otherwise, quick instead.
 */
public final class PostgresProcess implements AutoCloseable {
    private static final String SUPERUSER = "postgres";
    private static final Duration START_LIMIT = Duration.ofSeconds(120);

    private final Reaper reaper;
    private final EmbeddedPostgres server;
    private final ProcessHandle postmaster;
    private final Process watch;
    private final String superuserPassword;
    private final String database;
    private final String user;
    private final String password;

    private PostgresProcess(
            Reaper reaper, EmbeddedPostgres server, Path data, String superuserPassword, Options options)
            throws IOException {
        this.reaper = reaper;
        this.server = server;
        this.superuserPassword = superuserPassword;
        this.database = options.database();
        this.user = options.user();
        this.password = Secrets.generate();
        this.postmaster = postmaster(data);
        reaper.adopt(postmaster);
        this.watch = watch(postmaster);
    }

    /**
     * What a server is to look like.
     *
     * @param port where it listens
     * @param database made at the first start
     * @param user owner of the database, made at the first start; its password is new at every start
     * @param settings of the server, as in {@code postgresql.conf}; they win over this harness's own
     */
    public record Options(ListenPort port, String database, String user, Map<String, String> settings) {
        public static Options defaults() {
            return new Options(ListenPort.any(), "app", "app", Map.of());
        }

        public Options withPort(ListenPort changed) {
            return new Options(changed, database, user, settings);
        }

        public Options withDatabase(String changed) {
            return new Options(port, changed, user, settings);
        }

        public Options withUser(String changed) {
            return new Options(port, database, changed, settings);
        }

        public Options withSettings(Map<String, String> changed) {
            return new Options(port, database, user, Map.copyOf(changed));
        }
    }

    /**
     * Starts the server over {@code postgres/data} in the directory held, and returns when the application user can log
     * in.
     *
     * @throws HarnessException when the port is taken or the server does not come up
     */
    public static PostgresProcess start(Reaper reaper, Options options) {
        Path directory = Directories.create(reaper.directory().resolve("postgres"));
        int port = options.port().claim("PostgreSQL");
        Path data = directory.resolve("data");
        try {
            Path passwordFile = superuserPasswordFile(directory);
            String superuserPassword = Files.readString(passwordFile).strip();
            var server = launch(directory, port, passwordFile, superuserPassword, options.settings());
            var postgres = new PostgresProcess(reaper, server, data, superuserPassword, options);
            postgres.provisionOrClose();
            return postgres;
        } catch (IOException | SQLException e) {
            endHalfStarted(reaper, data, e);
            throw new HarnessException(
                    "PostgreSQL did not come up: see %s".formatted(directory.resolve("postgres.log")), e);
        } catch (RuntimeException e) {
            endHalfStarted(reaper, data, e);
            throw e;
        }
    }

    /** The application's database, without credentials. */
    public String jdbcUrl() {
        return jdbcUrl(database);
    }

    /** Another database of this server, without credentials. */
    public String jdbcUrl(String otherDatabase) {
        return "jdbc:postgresql://%s:%d/%s".formatted(ListenPort.HOST, server.getPort(), otherDatabase);
    }

    public String user() {
        return user;
    }

    public String password() {
        return password;
    }

    /** A connection of the application user to its database. */
    public Connection connect() throws SQLException {
        return connect(database);
    }

    /** A connection of the application user to another of its databases. */
    public Connection connect(String otherDatabase) throws SQLException {
        return connect(jdbcUrl(otherDatabase), user, password);
    }

    /** Makes another empty database that the application user owns, so that tests need not see each other's rows. */
    public void createDatabase(String name) {
        try (var connection = superuser()) {
            createDatabase(connection, name);
        } catch (SQLException e) {
            throw new HarnessException("the database %s cannot be made".formatted(name), e);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            // The watch waits for this line or for the end of its input; only the latter makes it act.
            watch.getOutputStream().write("stopped\n".getBytes(StandardCharsets.US_ASCII));
            watch.getOutputStream().close();
        } catch (IOException e) {
            throw new HarnessException("PostgreSQL did not stop", e);
        } finally {
            reaper.end(postmaster);
            reaper.end(watch.toHandle());
        }
    }

    private static EmbeddedPostgres launch(
            Path directory, int port, Path passwordFile, String superuserPassword, Map<String, String> settings)
            throws IOException {
        var builder = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(
                        Directories.create(Bundle.cache().resolve("postgres")).toFile())
                .setDataDirectory(directory.resolve("data"))
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPort(port)
                .setPGStartupWait(START_LIMIT)
                // Handed to initdb as --key=value: nobody gets in without a password, not even at first.
                .setLocaleConfig("auth-host", "scram-sha-256")
                .setLocaleConfig("auth-local", "scram-sha-256")
                .setLocaleConfig("pwfile", passwordFile.toString())
                .setConnectConfig("password", superuserPassword)
                .setServerConfig("listen_addresses", ListenPort.HOST)
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("max_connections", "100")
                .setServerConfig("shared_buffers", "64MB")
                .setOutputRedirector(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("postgres.log").toFile()));
        settings.forEach(builder::setServerConfig);
        return builder.start();
    }

    private static Path superuserPasswordFile(Path directory) {
        Path file = directory.resolve("superuser.password");
        return Files.exists(file) ? file : Directories.writeSecret(file, Secrets.generate());
    }

    /**
     * A server that came up too late to be ours, or that nobody watches: it has detached from us and would stay. The
     * file may also be old and its pid somebody else's by now.
     */
    private static void endHalfStarted(Reaper reaper, Path data, Exception failure) {
        if (Files.exists(data.resolve("postmaster.pid"))) {
            try {
                ProcessHandle server = postmaster(data);
                if (server.info().command().orElse("").endsWith("/postgres")) {
                    reaper.end(server);
                }
            } catch (IOException | RuntimeException e) {
                // Gone meanwhile, for the most part.
                failure.addSuppressed(e);
            }
        }
    }

    private static ProcessHandle postmaster(Path data) throws IOException {
        try (var lines = Files.lines(data.resolve("postmaster.pid"))) {
            long pid = Long.parseLong(lines.findFirst().orElseThrow().strip());
            return ProcessHandle.of(pid)
                    .orElseThrow(() -> new HarnessException("PostgreSQL ended as soon as it had started"));
        }
    }

    /** The server detaches from us, so a shell holds our pipe in its stead and stops the server when we are gone. */
    private Process watch(ProcessHandle server) throws IOException {
        var builder = new ProcessBuilder(
                "sh", "-c", "trap '' INT TERM HUP; read -r stopped || kill -INT \"$0\"", Long.toString(server.pid()));
        Process process = builder.start();
        reaper.adopt(process.toHandle());
        return process;
    }

    private void provisionOrClose() throws SQLException {
        try {
            provision();
        } catch (SQLException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private void provision() throws SQLException {
        try (var connection = superuser()) {
            if (!exists(connection, "select from pg_roles where rolname = ?", user)) {
                execute(connection, "create role %s login", user);
            }
            setPassword(connection);
            if (!exists(connection, "select from pg_database where datname = ?", database)) {
                createDatabase(connection, database);
            }
        }
    }

    private void createDatabase(Connection connection, String name) throws SQLException {
        execute(connection, "create database %s owner %s", name, user);
    }

    /** A password cannot be a parameter of "alter role"; the server quotes it itself. */
    private void setPassword(Connection connection) throws SQLException {
        String statement;
        try (PreparedStatement quoting =
                connection.prepareStatement("select format('alter role %I password %L', ?::text, ?::text)")) {
            quoting.setString(1, user);
            quoting.setString(2, password);
            try (ResultSet row = quoting.executeQuery()) {
                row.next();
                statement = row.getString(1);
            }
        }
        try (Statement alter = connection.createStatement()) {
            alter.execute(statement);
        }
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static void execute(Connection connection, String template, String... identifiers) throws SQLException {
        var quoting = connection.unwrap(PGConnection.class);
        var quoted = new Object[identifiers.length];
        for (int i = 0; i < identifiers.length; i++) {
            quoted[i] = quoting.escapeIdentifier(identifiers[i]);
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute(template.formatted(quoted));
        }
    }

    private Connection superuser() throws SQLException {
        return connect(jdbcUrl(SUPERUSER), SUPERUSER, superuserPassword);
    }

    private static Connection connect(String url, String user, String password) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        return DriverManager.getConnection(url, properties);
    }
}
