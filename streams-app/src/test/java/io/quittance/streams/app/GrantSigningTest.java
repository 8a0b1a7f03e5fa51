package io.quittance.streams.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.quittance.streams.codec.GrantSeal;
import io.quittance.streams.config.AppConfig;
import io.quittance.streams.signature.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrantSigningTest {
    @TempDir
    Path directory;

    @Test
    void withoutAKeyGrantsAreNotSigned() {
        assertThat(GrantSigning.of(config(Map.of()))).isSameAs(GrantSeal.NONE);
    }

    @Test
    void withAKeyTheyAre() throws IOException {
        assertThat(GrantSigning.of(config(Map.of("grant.signing.key", key().toString())))
                        .over(() -> "{}"))
                .contains(".");
    }

    @Test
    void aKeyThatOthersMayReadRefusesTheStartInOneLine() throws IOException {
        Path key = key();
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(refusal(key))
                .isEqualTo("grant.signing.key: " + key + " cannot be used: others than its owner may read or change it;"
                        + " name a file that 'quittance keys new' made, readable for this user alone (chmod 600).");
    }

    @Test
    void aKeyThatIsNotThereDoesToo() {
        assertThat(refusal(directory.resolve("none"))).contains("none cannot be used: it cannot be read;");
    }

    private static String refusal(Path key) {
        AppConfig config = config(Map.of("grant.signing.key", key.toString()));
        StartRefused refused = catchThrowableOfType(StartRefused.class, () -> GrantSigning.of(config));
        assertThat(refused.problems()).hasSize(1);
        return refused.problems().get(0);
    }

    private Path key() throws IOException {
        Path file = directory.resolve("grants.jwk");
        SigningKey.generate().store(file);
        return file;
    }

    private static AppConfig config(Map<String, String> more) {
        var values = new HashMap<>(
                Map.of("bootstrap.servers", "broker:9092", "schema.registry.url", "http://registry:8081"));
        values.putAll(more);
        return AppConfig.from(values);
    }
}
