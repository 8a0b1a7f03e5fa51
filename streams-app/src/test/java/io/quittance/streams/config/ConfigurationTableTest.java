package io.quittance.streams.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigurationTableTest {

    private static final Path PAGE = Path.of("CONFIGURATION.md");

    @Test
    void pageEqualsTheCode() throws IOException {
        if (Boolean.getBoolean("regenerate")) {
            Files.writeString(PAGE, ConfigurationTable.markdown());
        }

        assertThat(PAGE)
                .as("Renew it: mvn -pl streams-app test -Dtest=ConfigurationTableTest -Dregenerate=true")
                .hasContent(ConfigurationTable.markdown());
    }
}
