package io.quittance.streams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class HelpTest {

    /** They take the process over, or print a script. */
    private static final Set<List<String>> WITHOUT_RESULTS = Set.of(List.of("run"), List.of("completion"));

    private final CliFixture cli = new CliFixture();

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandExplainsItselfWithAnExample(List<String> command) {
        List<String> arguments = new ArrayList<>(command);
        arguments.add("--help");

        assertThat(cli.run(arguments.toArray(String[]::new))).isZero();

        String name = "quittance " + String.join(" ", command);
        assertThat(cli.out).startsWith("Usage: " + name).contains("Example");
        assertThat(cli.out.substring(cli.out.indexOf("Example"))).contains(name);
    }

    /** The README says so. */
    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandButTheTwoThatGiveNoResultsTakesJson(List<String> command) {
        List<String> arguments = new ArrayList<>(command);
        arguments.add("--help");
        cli.run(arguments.toArray(String[]::new));

        assertThat(cli.out.contains("--json")).isEqualTo(!WITHOUT_RESULTS.contains(command));
    }

    @Test
    void theRootListsItsCommandsAndItsExitCodes() {
        assertThat(cli.run("--help")).isZero();

        assertThat(cli.out)
                .contains(
                        "run",
                        "topics",
                        "policy",
                        "systems",
                        "limits",
                        "request",
                        "approvals",
                        "decide",
                        "audit",
                        "keys",
                        "completion")
                .contains("Exit codes:", "0   Done.", "5   Refused");
    }

    @Test
    void aGroupWithoutACommandSaysWhichThereAre() {
        assertThat(cli.run("request")).isEqualTo(ExitCode.USAGE);
        assertThat(cli.err).contains("Missing required subcommand", "'quittance request --help'");
    }

    @Test
    void aMistypedOptionIsAnsweredWithTheNextStep() {
        assertThat(cli.run("audit", "list", "--opne")).isEqualTo(ExitCode.USAGE);

        assertThat(cli.err).contains("--opne", "--open", "'quittance audit list --help' shows what it takes.");
        assertThat(cli.out).isEmpty();
    }

    @Test
    void anUnknownActionIsAnsweredWithTheKnownOnes() {
        assertThat(cli.run("audit", "list", "--action", "UNKNOWN")).isEqualTo(ExitCode.USAGE);

        assertThat(cli.err).contains("ACCESS, EXPORT, DELETE, ANONYMIZE");
    }

    @Test
    void theCompletionScriptIsOneThatBashTakes(@TempDir Path folder) throws IOException, InterruptedException {
        assertThat(cli.run("completion")).isZero();
        Path script = Files.writeString(folder.resolve("completion.sh"), cli.out);

        Process bash = new ProcessBuilder("bash", "-c", "source " + script + " && complete -p quittance")
                .redirectErrorStream(true)
                .start();

        assertThat(new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("quittance");
        assertThat(bash.waitFor()).isZero();
        assertThat(cli.out).contains("AWAITING_APPROVAL").doesNotContain("UNKNOWN");
    }

    static Stream<List<String>> commands() {
        CommandLine root = QuittanceCli.commandLine(CliContext.ofProcess(properties -> 0));
        return root.getSubcommands().entrySet().stream()
                .flatMap(command -> command.getValue().getSubcommands().isEmpty()
                        ? Stream.of(List.of(command.getKey()))
                        : command.getValue().getSubcommands().keySet().stream()
                                .map(nested -> List.of(command.getKey(), nested)));
    }
}
