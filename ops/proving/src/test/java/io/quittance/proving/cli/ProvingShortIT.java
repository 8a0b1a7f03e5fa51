package io.quittance.proving.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The short form, as anybody runs it: real processes, several kinds of fault, and every promise kept. */
class ProvingShortIT {
    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final Path RUN = TARGET.resolve("proving-short");
    private static final long LONGEST_MINUTES = 14;

    @Test
    @Timeout(value = LONGEST_MINUTES, unit = TimeUnit.MINUTES)
    void everyPromiseIsKeptWhateverBreaks() throws Exception {
        Path said = Files.createDirectories(TARGET).resolve("proving-short.out");
        Process run = new ProcessBuilder(command())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            assertThat(run.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES))
                    .as("it ends")
                    .isTrue();
        } finally {
            run.destroy();
        }
        assertThat(run.exitValue()).as(() -> text(said)).isZero();
        assertThat(text(RUN.resolve("history").resolve("verdict.md"))).contains("every promise was kept");
    }

    private static List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx700m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.net.preferIPv4Stack=true",
                "-Dproving.distribution=" + System.getProperty("proving.distribution"),
                "-Dproving.plugins=" + TARGET.resolve("plugins"),
                "-Dproving.target=" + TARGET,
                "-cp",
                System.getProperty("java.class.path"),
                Proving.class.getName(),
                "--short",
                "--seed",
                "4",
                "--directory",
                RUN.toString());
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (java.io.IOException e) {
            return file + " cannot be read: " + e.getMessage();
        }
    }
}
