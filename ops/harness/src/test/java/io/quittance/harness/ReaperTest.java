package io.quittance.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReaperTest {
    @TempDir
    private Path directory;

    private Process sleeper;

    @BeforeEach
    void startSleeper() throws IOException {
        sleeper = new ProcessBuilder("sleep", "1000").start();
    }

    @AfterEach
    void stopSleeper() {
        sleeper.destroyForcibly();
    }

    @Test
    void closingEndsWhatWasAdopted() throws Exception {
        try (var reaper = Reaper.hold(directory)) {
            reaper.adopt(sleeper.toHandle());
        }

        assertThat(sleeper.waitFor(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void closingEndsWhatWasAdoptedAlsoWhenInterrupted() throws Exception {
        try (var reaper = Reaper.hold(directory)) {
            reaper.adopt(sleeper.toHandle());
            Thread.currentThread().interrupt();
        }

        assertThat(Thread.interrupted()).as("still interrupted").isTrue();
        assertThat(sleeper.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(directory.resolve("children")).isEmptyFile();
    }

    @Test
    void whatStartsAfterTheCloseIsRefusedAndEnded() throws Exception {
        var reaper = Reaper.hold(directory);
        reaper.close();

        assertThatThrownBy(() -> reaper.adopt(sleeper.toHandle()))
                .isInstanceOf(HarnessException.class)
                .hasMessageContaining("given back");
        assertThat(sleeper.waitFor(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void theRegisterOfAFolderGivenBackIsLeftToWhoHoldsItNow() throws Exception {
        var earlier = Reaper.hold(directory);
        earlier.close();
        try (var reaper = Reaper.hold(directory)) {
            reaper.adopt(sleeper.toHandle());
            String register = Files.readString(directory.resolve("children"));

            earlier.end(new ProcessBuilder("sleep", "0").start().toHandle());

            assertThat(directory.resolve("children")).hasContent(register);
        }
    }

    @Test
    void whatACrashedRunLeftBehindIsEndedWhenTheFolderIsHeldAgain() throws Exception {
        leaveBehind(ChildMark.of(sleeper.toHandle()));

        try (var reaper = Reaper.hold(directory)) {
            assertThat(sleeper.waitFor(5, TimeUnit.SECONDS)).isTrue();
            assertThat(Files.readString(reaper.directory().resolve("children"))).isEmpty();
        }
    }

    @Test
    void aProcessThatGotThePidLaterIsLeftAlone() throws Exception {
        var mark = ChildMark.of(sleeper.toHandle());
        leaveBehind(new ChildMark(mark.pid(), mark.started().minus(Duration.ofMinutes(1)), mark.command()));

        try (var reaper = Reaper.hold(directory)) {
            assertThat(reaper.directory()).isDirectory();
            assertThat(sleeper.waitFor(200, TimeUnit.MILLISECONDS)).isFalse();
        }
    }

    @Test
    void aProcessOfAnotherCommandIsLeftAlone() throws Exception {
        var mark = ChildMark.of(sleeper.toHandle());
        leaveBehind(new ChildMark(mark.pid(), mark.started(), "/usr/bin/other"));

        try (var reaper = Reaper.hold(directory)) {
            assertThat(reaper.directory()).isDirectory();
            assertThat(sleeper.waitFor(200, TimeUnit.MILLISECONDS)).isFalse();
        }
    }

    @Test
    void aFolderThatAnotherRunHoldsIsRefused() {
        try (var first = Reaper.hold(directory)) {
            assertThatThrownBy(() -> Reaper.hold(first.directory()))
                    .isInstanceOf(HarnessException.class)
                    .hasMessageContaining("in use by another run");
        }
    }

    @Test
    void aTemporaryFolderIsGoneAfterTheClose() throws IOException {
        Path taken;
        try (var reaper = Reaper.temporary(directory)) {
            taken = reaper.directory();
            Files.writeString(taken.resolve("file"), "content");
        }

        assertThat(taken).doesNotExist();
    }

    private void leaveBehind(ChildMark mark) throws IOException {
        Files.writeString(directory.resolve("children"), mark.line() + "\n");
    }
}
