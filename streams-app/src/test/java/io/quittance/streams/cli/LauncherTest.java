package io.quittance.streams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script as it is packed, with a Java that tells what it was called with. */
class LauncherTest {

    private static final Path SCRIPT = Path.of("src", "main", "bin", "quittance");

    @TempDir
    private Path home;

    @BeforeEach
    void aDistribution() throws IOException {
        Files.createDirectories(home.resolve("dist").resolve("bin"));
        Files.createDirectories(home.resolve("dist").resolve("lib"));
        Files.createDirectories(home.resolve("java").resolve("bin"));
        Files.copy(SCRIPT, script());
        Files.writeString(home.resolve("java/bin/java"), "#!/bin/sh\nfor a in \"$@\"; do echo \"<$a>\"; done\n");
        assertThat(script().toFile().setExecutable(true)).isTrue();
        assertThat(home.resolve("java/bin/java").toFile().setExecutable(true)).isTrue();
    }

    @Test
    void argumentsReachTheCommandLineAsTheyAre() throws IOException, InterruptedException {
        List<String> called = call(script(), "decide", "deny", "r-1", "--reason", "two words; $HOME");

        assertThat(called)
                .containsSubsequence(
                        "<-cp>",
                        "<" + home.toRealPath().resolve("dist/lib/*") + ">",
                        "<io.quittance.streams.app.Quittance>",
                        "<decide>",
                        "<deny>",
                        "<r-1>",
                        "<--reason>",
                        "<two words; $HOME>");
    }

    @Test
    void theApplicationGetsAServersVirtualMachineAndACommandAQuickOne() throws IOException, InterruptedException {
        assertThat(call(script(), "run"))
                .contains("<-XX:+ExitOnOutOfMemoryError>", "<-Xmx2g>")
                .contains("<-Dlogback.configurationFile=" + home.toRealPath().resolve("dist/conf/logback.xml") + ">");
        assertThat(call(script(), "audit", "list")).contains("<-XX:TieredStopAtLevel=1>", "<-Xmx2g>");
    }

    @Test
    void aLinkToItWorksToo() throws IOException, InterruptedException {
        Path link = Files.createSymbolicLink(home.resolve("quittance"), script());

        assertThat(call(link, "--help")).contains("<" + home.toRealPath().resolve("dist/lib/*") + ">");
    }

    @Test
    void withoutItsJarsItSaysHowToGetThem() throws IOException, InterruptedException {
        Files.delete(home.resolve("dist/lib"));

        assertThat(call(script(), "--help")).singleElement().asString().contains("mvn -B -pl streams-app -am package");
    }

    private Path script() {
        return home.resolve("dist").resolve("bin").resolve("quittance");
    }

    private List<String> call(Path command, String... arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(command.toString()));
        line.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.environment().putAll(Map.of("JAVA_HOME", home.resolve("java").toString(), "QUITTANCE_OPTS", "-Xmx2g"));
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return printed.lines().toList();
    }
}
