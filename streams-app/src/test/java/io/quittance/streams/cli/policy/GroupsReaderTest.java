package io.quittance.streams.cli.policy;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quittance.streams.yaml.SourceFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupsReaderTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            dpo: 2; ---; legal: 3  | g.yaml:3:1: The groups are one document; join them.
            dpo:                   | g.yaml:1:1: 'dpo' has no value; give it one or remove the key.
            dpo: many              | g.yaml:1:6: 'dpo' must be a whole number from 0 to 1000000.
            """)
    void aMistakeIsToldWithItsPosition(String yaml, String expected) {
        assertThatThrownBy(() -> GroupsReader.read(new SourceFile("g.yaml", yaml.replace("; ", "\n"))))
                .hasMessage(expected);
    }
}
