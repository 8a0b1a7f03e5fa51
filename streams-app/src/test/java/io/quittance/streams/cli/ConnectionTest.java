package io.quittance.streams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.contract.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionTest {

    private final CliFixture cli = new CliFixture();
    private final Map<String, String> seen = new HashMap<>();

    ConnectionTest() {
        cli.app = properties -> {
            seen.putAll(properties);
            return ExitCode.OK;
        };
    }

    @Test
    void theCommandLineGoesBeforeTheFileAndTheFileBeforeTheEnvironment(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("client.properties"),
                "bootstrap.servers=file:9092\nschema.registry.url=http://file\nsecurity.protocol=SSL\n");

        assertThat(cli.run("run", "--config", file.toString(), "--bootstrap-server", "line:9092"))
                .isZero();

        assertThat(seen)
                .containsEntry("bootstrap.servers", "line:9092")
                .containsEntry("schema.registry.url", "http://file")
                .containsEntry("security.protocol", "SSL");
    }

    @Test
    void theEnvironmentFillsWhatNobodySaid(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("client.properties"), "client.id=mine\n");
        cli.environment.put("QUITTANCE_CONFIG", file.toString());
        cli.environment.put("QUITTANCE_PREFIX", "acme.");

        assertThat(cli.run("run")).isZero();

        assertThat(seen)
                .isEqualTo(Map.of(
                        "bootstrap.servers", "unused:9092",
                        "schema.registry.url", "mock://unused",
                        "client.id", "mine",
                        "topic.prefix", "acme."));
    }

    @Test
    void thePrefixChoosesThePipeline() {
        cli.pipeline.put("acme.approvals", "r-1", Samples.prompt("r-1"));

        assertThat(cli.run("approvals", "list", "--prefix", "acme.", "--json")).isZero();
        assertThat(cli.out).contains("\"r-1\"");
        assertThat(cli.run("approvals", "list", "--json")).isZero();
        assertThat(cli.out).isEmpty();
    }

    @Test
    void whatIsMissingIsSaidWithAllPlacesToSayIt() {
        cli.environment.remove("QUITTANCE_BOOTSTRAP_SERVERS");

        assertThat(cli.run("audit", "list")).isEqualTo(ExitCode.USAGE);

        assertThat(cli.err).contains("--bootstrap-server", "bootstrap.servers", "QUITTANCE_BOOTSTRAP_SERVERS");
    }

    @Test
    void aMissingRegistryMattersOnlyWhereRecordsAreRead() {
        cli.environment.remove("QUITTANCE_SCHEMA_REGISTRY_URL");

        assertThat(cli.run("topics", "apply")).isZero();
        assertThat(cli.run("audit", "list")).isEqualTo(ExitCode.USAGE);
        assertThat(cli.err).contains("--schema-registry-url");
    }

    @Test
    void aFileThatIsNotThereIsSaid() {
        assertThat(cli.run("audit", "list", "--config", "no/such.properties")).isEqualTo(ExitCode.USAGE);
        assertThat(cli.err).contains("no/such.properties");
    }

    @Test
    void theExitCodeOfTheApplicationIsOurs() {
        cli.app = properties -> 7;
        assertThat(cli.run("run")).isEqualTo(7);
    }

    @Test
    void aUserOfTheRegistryIsTakenFromWhereItIs() {
        assertThat(new Connection(Map.of("basic.auth.user.info", "ops:x"), Topics.withPrefix("privacy.")).properties())
                .containsEntry("basic.auth.credentials.source", "USER_INFO");
    }

    @Test
    void aConnectionNeverPrintsItsProperties() {
        Connection connection =
                new Connection(Map.of("sasl.jaas.config", "password=\"hunter2\""), Topics.withPrefix("privacy."));

        assertThat(connection.toString()).doesNotContain("hunter2").contains("sasl.jaas.config");
    }
}
