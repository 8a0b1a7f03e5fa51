package io.quittance.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quittance.harness.junit.WithHarness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@WithHarness
class PostgresProcessIT {
    @Test
    void theApplicationUserMakesATableAndReadsItsRows(PostgresProcess postgres) throws SQLException {
        postgres.createDatabase("round trip");
        try (var connection = postgres.connect("round trip")) {
            execute(connection, "create table person (name text)");
            execute(connection, "insert into person values ('Zoë 🎈')");

            assertThat(firstOf(connection, "select name from person")).isEqualTo("Zoë 🎈");
        }
    }

    @Test
    void nobodyGetsInWithoutThePassword(PostgresProcess postgres) {
        for (String user : List.of(postgres.user(), "postgres")) {
            assertThatThrownBy(() -> DriverManager.getConnection(postgres.jdbcUrl(), user, "wrong"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password");
        }
    }

    @Test
    void rowsAreThereAfterARestartOnTheSameFolder(@TempDir Path directory) throws SQLException {
        var options = PostgresProcess.Options.defaults().withDatabase("shop").withUser("shopkeeper");
        try (var reaper = Reaper.hold(directory);
                var postgres = PostgresProcess.start(reaper, options);
                var connection = postgres.connect()) {
            execute(connection, "create table kept as select 'still here' as what");
        }

        try (var reaper = Reaper.hold(directory);
                var postgres = PostgresProcess.start(reaper, options);
                var connection = postgres.connect()) {
            assertThat(firstOf(connection, "select what from kept")).isEqualTo("still here");
        }
    }

    @Test
    void itRunsWithTheSettingsAskedFor(@TempDir Path directory) throws SQLException {
        var settings = Map.of("fsync", "on", "synchronous_commit", "on", "shared_buffers", "32MB");
        try (var reaper = Reaper.hold(directory);
                var postgres = PostgresProcess.start(
                        reaper, PostgresProcess.Options.defaults().withSettings(settings));
                var connection = postgres.connect()) {
            for (var setting : settings.entrySet()) {
                assertThat(firstOf(connection, "show " + setting.getKey())).isEqualTo(setting.getValue());
            }
        }
    }

    @Test
    void noProcessIsLeftAfterTheClose(@TempDir Path directory) throws Exception {
        try (var reaper = Reaper.hold(directory)) {
            List<ChildMark> children;
            try (var postgres = PostgresProcess.start(reaper, PostgresProcess.Options.defaults())) {
                children = marks(directory);
                assertThat(children).hasSize(2).allMatch(mark -> mark.find() != null);
                assertThat(postgres.jdbcUrl()).startsWith("jdbc:postgresql://127.0.0.1:");
            }

            assertThat(children).allMatch(mark -> mark.find() == null);
            assertThat(marks(directory)).isEmpty();
        }
    }

    @Test
    void noServerIsLeftWhereTheFolderWasGivenBackMeanwhile(@TempDir Path directory) {
        var reaper = Reaper.hold(directory);
        reaper.close();

        assertThatThrownBy(() -> PostgresProcess.start(reaper, PostgresProcess.Options.defaults()))
                .isInstanceOf(HarnessException.class)
                .hasMessageContaining("given back");
        assertThat(processesOver(directory)).isEmpty();
    }

    @Test
    void noServerIsLeftThatCouldNotBeWrittenDown(@TempDir Path directory) throws IOException {
        try (var reaper = Reaper.hold(directory)) {
            Path register = directory.resolve("children");
            Files.delete(register);
            Files.createDirectory(register);

            assertThatThrownBy(() -> PostgresProcess.start(reaper, PostgresProcess.Options.defaults()))
                    .isInstanceOf(UncheckedIOException.class);
            assertThat(processesOver(directory)).isEmpty();
        }
    }

    /** Of this run: the folder is on their command line. */
    private static List<ProcessHandle> processesOver(Path directory) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(directory.toString()))
                .toList();
    }

    private static List<ChildMark> marks(Path directory) throws IOException {
        return Files.readAllLines(directory.resolve("children")).stream()
                .map(ChildMark::parse)
                .toList();
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String firstOf(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
