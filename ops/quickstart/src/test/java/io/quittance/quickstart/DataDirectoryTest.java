package io.quittance.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quittance.harness.HarnessException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    private Path parent;

    @Test
    void aFolderOfSomebodyElseIsRefusedAndNothingInItIsTouched() throws IOException {
        Path letters = Files.createDirectories(parent.resolve("home/letters"));
        Path letter = Files.writeString(letters.resolve("first.txt"), "kept");

        assertThatThrownBy(() -> DataDirectory.open(parent.resolve("home"), false))
                .isInstanceOf(HarnessException.class)
                .hasMessageContaining("--data");
        assertThatThrownBy(() -> DataDirectory.open(parent.resolve("home"), true))
                .isInstanceOf(HarnessException.class);
        assertThat(letter).hasContent("kept");
        assertThat(names(parent.resolve("home"))).containsExactly("letters");
    }

    @Test
    void aRunLeavesItsLogsAndNoSecretsBehind() throws IOException {
        Path folder = parent.resolve("data");
        try (var directory = DataDirectory.open(folder, false)) {
            fill(directory.reaper().directory());
        }

        assertThat(names(folder)).containsExactlyInAnyOrder("lock", "children", "quickstart.log");
    }

    @Test
    void whatACrashLeftBehindIsGoneAtTheNextStart() throws IOException {
        Path folder = parent.resolve("data");
        try (var crashed = DataDirectory.open(folder, true)) {
            fill(crashed.reaper().directory());
        }

        try (var next = DataDirectory.open(folder, false)) {
            assertThat(names(folder)).containsExactlyInAnyOrder("lock", "children", "quickstart.log");
        }
    }

    @Test
    void aRunThatKeepsFindsWhatTheOneBeforeKept() throws IOException {
        Path folder = parent.resolve("data");
        try (var directory = DataDirectory.open(folder, true)) {
            fill(directory.reaper().directory());
        }

        try (var next = DataDirectory.open(folder, true)) {
            assertThat(folder.resolve("postgres/data/rows")).hasContent("rows");
            assertThat(folder.resolve("pseudonym.key")).exists();
        }
    }

    private static void fill(Path folder) throws IOException {
        Path data = Files.createDirectories(folder.resolve("postgres/data"));
        Files.writeString(data.resolve("rows"), "rows");
        Files.writeString(folder.resolve("executor.secrets"), "password");
        Files.writeString(folder.resolve("pseudonym.key"), "key");
        Files.writeString(folder.resolve("quickstart.log"), "what happened");
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }
}
