package io.quittance.streams.app;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quittance.streams.config.SignatureConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignaturesTest {
    @TempDir
    Path directory;

    @Test
    void aFileWithoutKeysKeepsTheApplicationFromStartingAndSaysHowToMendIt() throws IOException {
        Path broken = Files.writeString(directory.resolve("keys.json"), "<html>");

        Path nameless = Files.writeString(
                directory.resolve("nameless.json"), "{\"keys\": [{\"kty\": \"EC\", \"crv\": \"P-256\"}]}");

        for (Path file : new Path[] {broken, nameless, directory.resolve("none.json")}) {
            assertThatThrownBy(() -> Signatures.of(config(file)))
                    .isInstanceOf(StartRefused.class)
                    .hasMessage("decisions.jwks: " + file + " cannot be read as a JSON Web Key Set, or none of its keys"
                            + " can check a decision; check the path, its content (public keys with a kid, on P-256 or"
                            + " P-384, or RSA for PS256), and that this user may read it.");
        }
    }

    @Test
    void aKeySetThatIsStillEmptyIsOne() throws IOException {
        Path empty = Files.writeString(directory.resolve("keys.json"), "{\"keys\": []}");

        assertThatCode(() -> Signatures.of(config(empty)).close()).doesNotThrowAnyException();
    }

    private static SignatureConfig config(Path file) {
        return new SignatureConfig(file, null, null, Duration.ofMinutes(1));
    }
}
