package io.quittance.streams.config;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quittance.streams.hostile.Thrift;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file of regimes that means harm stops the start with a sentence, and nothing else. */
class HostileRegimesTest {

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- ", "&a [*a, ", "? "})
    void aFileThatIsNestedWithoutEndIsRefused(String level, @TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("regimes.yaml"), level.repeat(100_000));

        Thrift.assertCheap(
                () -> assertThatThrownBy(() -> RegimesReader.read(file)).isInstanceOf(InvalidConfiguration.class));
    }

    @ParameterizedTest
    @ValueSource(ints = {4_000_000})
    void aFileThatIsLongerThanAnyIsRefused(int length, @TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("regimes.yaml"), "#" + "a".repeat(length) + "\na: 1\n");

        Thrift.assertCheap(
                () -> assertThatThrownBy(() -> RegimesReader.read(file)).isInstanceOf(InvalidConfiguration.class));
    }
}
