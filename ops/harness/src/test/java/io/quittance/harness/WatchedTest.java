package io.quittance.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WatchedTest {
    private static final int KILLED = 128 + 9;

    private Process process;

    @BeforeEach
    void start() throws IOException {
        process = new ProcessBuilder(Watched.command(List.of("sleep", "300"))).start();
    }

    @AfterEach
    void end() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    @Test
    void isKilledWhenTheParentIsGone() throws Exception {
        process.getOutputStream().close();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(KILLED);
    }

    @Test
    void isLeftAloneByAParentThatSaysGoodbye() throws Exception {
        process.getOutputStream().write("goodbye\n".getBytes(StandardCharsets.US_ASCII));
        process.getOutputStream().close();
        assertThat(process.waitFor(500, TimeUnit.MILLISECONDS)).isFalse();
    }

    @Test
    void isTheSameProcessAsTheCommand() {
        assertThat(process.info().command())
                .hasValueSatisfying(command -> assertThat(command).doesNotEndWith("java"));
        assertThat(process.isAlive()).isTrue();
        process.destroy();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        assertThat(process.onExit().join().exitValue()).isEqualTo(128 + 15);
    }
}
