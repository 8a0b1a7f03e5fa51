package io.quittance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.apache.avro.Schema;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaFilesTest {

    @ParameterizedTest
    @MethodSource("records")
    void otherLanguagesFindACompleteSchemaFileOnTheClassPath(String record) throws IOException {
        String text = read("/avro/" + record + ".avsc");

        assertThat(new Schema.Parser().parse(text))
                .isEqualTo(ContractSchemas.all().get(record));
        assertThat(text).doesNotContain("avro.java");
    }

    static Iterable<String> records() {
        return ContractSchemas.all().keySet();
    }

    private static String read(String resource) throws IOException {
        try (InputStream file = Objects.requireNonNull(SchemaFilesTest.class.getResourceAsStream(resource), resource)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
