package io.quittance.executor.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.executor.ExecutorConfig;
import io.quittance.executor.connect.OptionsTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OptionsDocumentTest {
    private static final String HEAD = """
            # Options of the S3 executor

            Generated from the code; `OptionsDocumentTest` compares it and leaves the right text in
            `target/OPTIONS.md`. Connect's own options (`name`, `tasks.max`, …) come on top;
            `value.converter` must be `org.apache.kafka.connect.converters.ByteArrayConverter`, `key.converter`
            that or `org.apache.kafka.connect.storage.StringConverter`.

            """;

    @Test
    void theTableOfOptionsIsWhatTheCodeSays() throws IOException {
        String generated = HEAD + OptionsTable.markdown(ExecutorConfig.definition(new S3ExecutorPlugin()));
        Files.writeString(Path.of("target", "OPTIONS.md"), generated);

        assertThat(Path.of("OPTIONS.md"))
                .as("copy connectors/s3/target/OPTIONS.md over it")
                .hasContent(generated);
    }
}
