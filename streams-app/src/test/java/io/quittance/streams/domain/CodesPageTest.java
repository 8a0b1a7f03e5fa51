package io.quittance.streams.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page that people look a code up on, from the code that tells it. */
class CodesPageTest {

    private static final Path PAGE = Path.of("CODES.md");

    private static final String HEAD = """
            # Codes of refusals

            Why something was not done as asked. Codes are stable: they stand in the audit, in dead letters and in the
            label `code` of the metric `quittance_refusals_total`. The sentence is what people read beside it; neither
            holds data. Where the table says audit record, `quittance audit show REQUEST` shows it.

            This file is generated from the code (`Refusal`); a test holds the two equal and says how to renew it.

            | code | sentence | usually told in |
            | --- | --- | --- |
            """;

    @Test
    void pageEqualsTheCode() throws IOException {
        if (Boolean.getBoolean("regenerate")) {
            Files.writeString(PAGE, markdown());
        }

        assertThat(PAGE)
                .as("Renew it: mvn -pl streams-app test -Dtest=CodesPageTest -Dregenerate=true")
                .hasContent(markdown());
    }

    private static String markdown() {
        return Stream.of(Refusal.values())
                .sorted(Comparator.comparing(Refusal::name))
                .map(refusal ->
                        "| `%s` | %s | %s |\n".formatted(refusal, refusal.sentence(), EveryRefusalTest.toldIn(refusal)))
                .collect(Collectors.joining("", HEAD, ""));
    }
}
