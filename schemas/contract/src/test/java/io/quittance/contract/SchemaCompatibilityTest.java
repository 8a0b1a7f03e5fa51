package io.quittance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** BACKWARD_TRANSITIVE: today's readers read what any release ever wrote. */
class SchemaCompatibilityTest {

    private static final Path RELEASED = Path.of("src", "released");

    @ParameterizedTest
    @MethodSource("releasedSchemas")
    void todaysSchemaReadsWhatEveryReleaseWrote(Path file) throws IOException {
        Schema writer = new Schema.Parser().parse(Files.readString(file));
        Schema reader = current(file);

        var result = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getResult();

        assertThat(result.getIncompatibilities())
                .as("%s: give a new field a default, and never remove or retype a released one", file)
                .isEmpty();
        assertThat(result.getCompatibility()).isEqualTo(SchemaCompatibilityType.COMPATIBLE);
        assertThat(reader.getFullName()).isEqualTo(writer.getFullName());
    }

    @Test
    void everyReleaseHoldsAWholeSetOfSchemas() throws IOException {
        try (Stream<Path> releases = Files.list(RELEASED).filter(Files::isDirectory)) {
            assertThat(releases)
                    .isNotEmpty()
                    .allSatisfy(release ->
                            assertThat(release.resolve("RequestEvent.avsc")).exists());
        }
    }

    @Test
    void anIncompatibleChangeWouldBeNoticed() {
        Schema current = ContractSchemas.of(TopicCatalogue.REVOCATIONS);
        Schema older = Schema.createRecord(
                current.getName(),
                "",
                current.getNamespace(),
                false,
                List.of(copy(current.getFields().get(0))));

        assertThat(SchemaCompatibility.checkReaderWriterCompatibility(current, older)
                        .getType())
                .isEqualTo(SchemaCompatibilityType.INCOMPATIBLE);
    }

    static Stream<Path> releasedSchemas() {
        try (Stream<Path> files = Files.walk(RELEASED)) {
            return files.filter(file -> file.toString().endsWith(".avsc")).sorted().toList().stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Schema current(Path released) {
        String name = released.getFileName().toString().replace(".avsc", "");
        Map<String, Schema> all = ContractSchemas.all();
        assertThat(all).as("a released schema may not disappear").containsKey(name);
        return all.getOrDefault(name, Schema.create(Schema.Type.NULL));
    }

    private static Schema.Field copy(Schema.Field field) {
        return new Schema.Field(field, field.schema());
    }
}
