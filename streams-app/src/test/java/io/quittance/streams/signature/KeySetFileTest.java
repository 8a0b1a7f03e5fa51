package io.quittance.streams.signature;

import static io.quittance.streams.signature.Signing.ADA;
import static io.quittance.streams.signature.Signing.entry;
import static io.quittance.streams.signature.Signing.key;
import static io.quittance.streams.signature.Signing.keySet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeySetFileTest {
    private static final Instant LONG_AFTER = Instant.parse("2100-01-01T00:00:00Z");

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void oneKey() throws IOException {
        file = directory.resolve("keys.json");
        Files.writeString(file, keySet(List.of(entry(ADA, "ada"))));
    }

    @Test
    void aReplacedFileChangesTheKeys() throws IOException {
        try (var keys = new KeySetFile(file)) {
            assertThat(keys.find("ada-1", LONG_AFTER)).isPresent();

            Path next = directory.resolve("next");
            Files.writeString(next, keySet(List.of(entry(key("ada-2"), "ada"))));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);

            assertThat(keys.find("ada-2", LONG_AFTER)).isPresent();
            assertThat(keys.find("ada-1", LONG_AFTER)).isEmpty();
        }
    }

    @Test
    void aFileOverwrittenInTheSameInstantIsReadAgain() throws IOException {
        FileTime written = Files.getLastModifiedTime(file);
        Instant now = written.toInstant();
        try (var keys = new KeySetFile(file)) {
            assertThat(keys.find("ada-1", now)).isPresent();

            Files.writeString(file, keySet(List.of(entry(key("ada-2"), "ada"))));
            Files.setLastModifiedTime(file, written);

            assertThat(keys.find("ada-2", now)).isPresent();
        }
    }

    @Test
    void anUnchangedFileIsNotReadAgain() throws IOException {
        try (var keys = new KeySetFile(file)) {
            assertThat(keys.find("ada-1", LONG_AFTER).orElseThrow())
                    .isSameAs(keys.find("ada-1", LONG_AFTER).orElseThrow());
        }
    }

    @Test
    void aFileThatIsGoneOrBrokenIsNoKeysUntilItIsBack() throws IOException {
        try (var keys = new KeySetFile(file)) {
            Files.writeString(file, "{\"keys\":[");
            assertThatThrownBy(() -> keys.find("ada-1", LONG_AFTER)).isInstanceOf(IOException.class);
            Files.delete(file);
            assertThatThrownBy(() -> keys.find("ada-1", LONG_AFTER)).isInstanceOf(IOException.class);

            oneKey();

            assertThat(keys.find("ada-1", LONG_AFTER)).isPresent();
        }
    }

    /** A private key is one that anybody who reads the set could sign with. */
    @Test
    void aFileOfWhichNoKeyCanBeUsedIsRefusedAtOnceAndLaterIsNoKeys() throws IOException {
        try (var keys = new KeySetFile(file)) {
            Files.writeString(file, keySet(List.of(ADA.toJSONObject())));

            assertThatThrownBy(() -> keys.find("ada-1", LONG_AFTER)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> new KeySetFile(file)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aFileThatIsNotThereIsRefusedAtOnce() {
        assertThatThrownBy(() -> new KeySetFile(directory.resolve("none"))).isInstanceOf(IOException.class);
    }
}
