package io.quittance.bench.peer.drive;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PeerDatabaseTest {
    /** A folder can be opened and not be read, as the file of a process that ends in between. */
    @Test
    void aProcessThatEndsWhileItIsAskedHasTakenNothing(@TempDir Path directory) {
        assertThat(PeerDatabase.ticks(directory, 13, 15)).isZero();
        assertThat(PeerDatabase.ticks(directory.resolve("ended"), 13, 15)).isZero();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void oneThatRunsHasTakenSomething() {
        assertThat(PeerDatabase.ticks(Path.of("/proc/self/stat"), 13, 15)).isPositive();
    }
}
