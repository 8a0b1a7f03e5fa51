package io.quittance.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A JVM that started every kind of child is killed the hard way. */
class CrashIT {
    @TempDir
    private Path directory;

    /** What the killed JVM runs. */
    static final class Victim {
        private Victim() {}

        public static void main(String[] args) throws InterruptedException {
            var reaper = Reaper.hold(Path.of(args[0]));
            RegistryProcess.start(reaper, RegistryProcess.Options.defaults());
            S3Process.start(reaper, S3Process.Options.defaults());
            PostgresProcess.start(reaper, PostgresProcess.Options.defaults());
            System.out.println("READY");
            Thread.currentThread().join();
        }
    }

    /** So that a failure here leaves nothing behind either. */
    @AfterEach
    void reap() {
        Reaper.hold(directory).close();
    }

    @Test
    void childrenGoWhenTheJvmThatStartedThemIsKilled() throws IOException {
        Process victim = startVictim();
        List<ProcessHandle> children = children();
        assertThat(children).hasSize(4).allMatch(ProcessHandle::isAlive);

        victim.destroyForcibly();

        await().atMost(Duration.ofSeconds(20)).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
    }

    private Process startVictim() throws IOException {
        Process victim = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output = victim.inputReader()) {
            await().atMost(Duration.ofSeconds(60)).until(() -> "READY".equals(output.readLine()));
        }
        return victim;
    }

    private List<ProcessHandle> children() throws IOException {
        return Files.readAllLines(directory.resolve("children")).stream()
                .map(ChildMark::parse)
                .map(ChildMark::pid)
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .toList();
    }
}
