package io.quittance.streams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.harness.KafkaCluster;
import io.quittance.harness.RegistryProcess;
import io.quittance.harness.junit.WithHarness;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line as it is packed, in a process of its own. */
@WithHarness
class LauncherIT {

    private static final Path SCRIPT = Path.of("target", "quittance", "bin", "quittance");

    @TempDir
    private Path folder;

    private final Map<String, String> environment;

    LauncherIT(KafkaCluster kafka, RegistryProcess registry) {
        environment = Map.of(
                "JAVA_HOME", System.getProperty("java.home"),
                "QUITTANCE_BOOTSTRAP_SERVERS", kafka.bootstrapServers(),
                "QUITTANCE_SCHEMA_REGISTRY_URL", registry.url(),
                "QUITTANCE_PREFIX", "launched.",
                "QUITTANCE_AS", "ops-7");
    }

    @Test
    void resultsAreAllThatACommandPrints() throws IOException, InterruptedException {
        assertThat(call("topics", "apply", "--json")).isZero();

        assertThat(out()).hasSize(16).allSatisfy(line -> assertThat(line).startsWith("{\"topic\":\"launched."));
        assertThat(err()).isEmpty();
        assertThat(call("--version")).isZero();
        assertThat(out()).singleElement().asString().matches("quittance \\d+\\.\\d+\\.\\d+.*");
    }

    @Test
    void conditionsOfAPolicyAreCompiledBeforeItIsPublished() throws IOException, InterruptedException {
        Path policy = Files.writeString(
                folder.resolve("policy.yaml"),
                "name: p\nrules:\n  - id: a\n    when: requester.colour == 'red'\n    outcome: DENY\n");

        assertThat(call("policy", "apply", policy.toString())).isEqualTo(ExitCode.REFUSED);

        assertThat(err().get(0)).startsWith(policy + ":4:").contains("colour");
    }

    @Test
    void anApplicationThatIsNotConfiguredDoesNotStart() throws IOException, InterruptedException {
        Path config = Files.writeString(folder.resolve("app.properties"), "no.such.key=1\n");

        assertThat(call("run", "--config", config.toString())).isNotZero();

        assertThat(String.join("\n", err())).contains("no.such.key").doesNotContain("\tat ");
    }

    private int call(String... arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(SCRIPT.toString()));
        line.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment().putAll(environment);
        return builder.start().waitFor();
    }

    private List<String> out() throws IOException {
        return Files.readAllLines(folder.resolve("out"), StandardCharsets.UTF_8);
    }

    private List<String> err() throws IOException {
        return Files.readAllLines(folder.resolve("err"), StandardCharsets.UTF_8);
    }
}
