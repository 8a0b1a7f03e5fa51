package io.quittance.streams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The examples that people copy are sound, tested, and told of. */
class ExamplePoliciesTest {

    private static final Path EXAMPLES = Path.of("../ops/policies");

    private final CliFixture cli = new CliFixture();

    @Test
    void thereIsNothingToRemarkOnThem() throws IOException {
        int exit = cli.run(command("policy", "check", "--strict"));

        assertThat(cli.out + cli.err).doesNotContain("error:").doesNotContain("warning:");
        assertThat(exit).isZero();
    }

    @Test
    void theirTestsPassAndReachEveryRule() throws IOException {
        int exit = cli.run(command("policy", "test", "--coverage", "--strict"));

        assertThat(cli.out + cli.err).doesNotContain("FAILED").doesNotContain("not reached  ");
        assertThat(exit).as(cli.out).isZero();
    }

    @Test
    void theReadmeTellsOfAll() throws IOException {
        String readme = Files.readString(EXAMPLES.resolve("README.md"));

        assertThat(policies())
                .hasSizeGreaterThanOrEqualTo(9)
                .allSatisfy(policy ->
                        assertThat(readme).contains("(" + Path.of(policy).getFileName() + ")"));
    }

    private static String[] command(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(words));
        command.addAll(policies());
        return command.toArray(String[]::new);
    }

    private static List<String> policies() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files.map(Path::toString)
                    .filter(file -> file.endsWith(".policy.yaml"))
                    .sorted()
                    .toList();
        }
    }
}
