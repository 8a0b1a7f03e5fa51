package io.quittance.streams.cli.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.quittance.streams.yaml.InvalidDocumentException;
import io.quittance.streams.yaml.SourceFile;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifiersReaderTest {

    @Test
    void valuesStayAsTheyAreWritten() {
        assertThat(read("customer_id: 0042\nemail: \"a@b.example\"\nphone: '+49 30'\nname: 'Łukasz 🦊'\n"))
                .isEqualTo(
                        Map.of("customer_id", "0042", "email", "a@b.example", "phone", "+49 30", "name", "Łukasz 🦊"));
    }

    @Test
    void jsonIsTakenToo() {
        assertThat(read("{\"customer_id\": \"42\", \"sql\": \"'; drop table customers; --\"}"))
                .isEqualTo(Map.of("customer_id", "42", "sql", "'; drop table customers; --"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jane.doe@example.com",
                "- jane.doe@example.com",
                "email: [jane.doe@example.com]",
                "email: {jane.doe@example.com: x}",
                "email: jane.doe@example.com\nphone:",
                "email: 'jane.doe@example.com",
                "email: jane.doe@example.com\n  x: y: z",
                "email: jane.doe@example.com\u0000",
                "email: jane.doe@example.com\n---\nphone: jane"
            })
    void noMessageRepeatsAValue(String text) {
        InvalidDocumentException invalid = catchThrowableOfType(InvalidDocumentException.class, () -> read(text));

        assertThat(invalid).isNotNull();
        assertThat(invalid.getMessage()).doesNotContain("jane");
    }

    @Test
    void moreThan64KibibytesAreRefused() {
        InvalidDocumentException invalid =
                catchThrowableOfType(InvalidDocumentException.class, () -> read("email: " + "x".repeat(65_536)));

        assertThat(invalid).hasMessageContaining("65536 bytes");
    }

    private static Map<String, String> read(String text) {
        return IdentifiersReader.read(new SourceFile("-", text));
    }
}
