package io.quittance.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;

/**
 * A PostgreSQL server that is to be killed and started again: it runs in the foreground, over the data that a
 * {@link PostgresProcess} has prepared in the same directory and closed, and under the password that it had.
 */
public final class PostgresServer implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(120);

    private final Reaper reaper;
    private final Process process;

    private PostgresServer(Reaper reaper, Process process) {
        this.reaper = reaper;
        this.process = process;
    }

    /**
     * What it is to be like.
     *
     * @param port where it listens
     * @param database that the user owns
     */
    public record Options(int port, Site site, String database, String user, String password) {
        /** Without credentials. */
        public String jdbcUrl() {
            return "jdbc:postgresql://%s:%d/%s".formatted(site.host(), port, database);
        }

        /** Without the password. */
        @Override
        public String toString() {
            return "Options[%s]".formatted(jdbcUrl());
        }
    }

    /**
     * Starts the server and returns when the user can log in.
     *
     * @throws HarnessException when it does not come up
     */
    public static PostgresServer start(Reaper reaper, Options options) {
        Path directory = reaper.directory().resolve("postgres");
        Path log = directory.resolve("postgres.log");
        try {
            Process process = new ProcessBuilder(options.site().wrap(Watched.command(command(directory, options))))
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.appendTo(log.toFile()))
                    .start();
            reaper.adopt(process.toHandle());
            awaitLogin(process, options, log);
            return new PostgresServer(reaper, process);
        } catch (IOException e) {
            throw new HarnessException("PostgreSQL cannot be started in %s".formatted(directory), e);
        }
    }

    /** The server's; its descendants are one for each connection, and a few more. */
    public Process process() {
        return process;
    }

    @Override
    public void close() {
        reaper.end(process.toHandle());
    }

    private static List<String> command(Path directory, Options options) throws IOException {
        // The one that initdb wrote lets in nobody from another address than this machine's.
        Path access = directory.resolve("pg_hba.conf");
        Files.writeString(access, "host all all samenet scram-sha-256\nhost all all samehost scram-sha-256\n");
        var command = new ArrayList<String>();
        if (isRoot()) {
            // The server refuses to run as root; in a user namespace without a mapping it is nobody.
            command.addAll(List.of("unshare", "-U"));
        }
        command.addAll(List.of(executable().toString(), "-F"));
        command.addAll(List.of("-D", directory.resolve("data").toString()));
        command.addAll(List.of("-p", Integer.toString(options.port())));
        for (String setting : List.of(
                "listen_addresses=" + options.site().host(),
                "unix_socket_directories=",
                "max_connections=100",
                "shared_buffers=64MB",
                "hba_file=" + access)) {
            command.addAll(List.of("-c", setting));
        }
        return command;
    }

    private static void awaitLogin(Process process, Options options, Path log) {
        var login = new Properties();
        login.setProperty("user", options.user());
        login.setProperty("password", options.password());
        login.setProperty("connectTimeout", "2");
        login.setProperty("socketTimeout", "2");
        Awaiting.until("PostgreSQL answers", START_LIMIT, () -> {
            if (!process.isAlive()) {
                throw new HarnessException("PostgreSQL ended with exit code %d before it was ready: see %s"
                        .formatted(process.exitValue(), log));
            }
            try (var connection = DriverManager.getConnection(options.jdbcUrl(), login)) {
                return connection.isValid(2);
            }
        });
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** Of the newest binaries, which the preparation has just used. */
    private static Path executable() {
        try (var versions = Files.newDirectoryStream(Bundle.cache().resolve("postgres"), "PG-*")) {
            var found = new ArrayList<Path>();
            versions.forEach(version -> found.add(version.resolve("bin").resolve("postgres")));
            return found.stream()
                    .filter(Files::isExecutable)
                    .max(Comparator.comparing(PostgresServer::lastModified))
                    .orElseThrow(() -> new HarnessException("PostgreSQL is not unpacked: prepare the data first"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileTime lastModified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
