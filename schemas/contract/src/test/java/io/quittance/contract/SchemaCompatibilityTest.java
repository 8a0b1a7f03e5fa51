package io.quittance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * FULL_TRANSITIVE, and more: today's readers read what any release ever wrote, readers of any release read what is
 * written today, and what was released is still there.
 */
class SchemaCompatibilityTest {

    private static final Path RELEASED = Path.of("src", "released");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Schema TASK = ContractSchemas.of(TopicCatalogue.TASKS);
    private static final Schema COMPLETION = ContractSchemas.of(TopicCatalogue.COMPLETIONS);
    private static final Schema REQUEST = ContractSchemas.of(TopicCatalogue.REQUESTS);

    @ParameterizedTest
    @MethodSource("releasedSchemas")
    void todaysSchemaReadsWhatEveryReleaseWrote(Path file) throws IOException {
        assertThat(incompatibilities(current(file), released(file)))
                .as("%s: give a new field a default, and never remove or retype a released one", file)
                .isEmpty();
    }

    /** Applications and executors are upgraded one after the other, and publishers when they like. */
    @ParameterizedTest
    @MethodSource("releasedSchemas")
    void everyReleaseReadsWhatTodaysSchemaWrites(Path file) throws IOException {
        assertThat(incompatibilities(released(file), current(file)))
                .as(
                        "%s: an older reader has no place for a new branch, or for a symbol of an enum without a default",
                        file)
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("releasedSchemas")
    void whatWasReleasedIsStillThereAndMeansTheSame(Path file) throws IOException {
        assertThat(SchemaLosses.between(released(file), current(file)))
                .as("%s: never remove, rename, retype or give another default to what was released", file)
                .isEmpty();
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

    @Test
    void aRemovedFieldWouldBeNoticed() {
        Schema today = changed(
                TASK, json -> fields(json).remove(TASK.getField("policy").pos()));

        assertReadableBothWays(TASK, today);
        assertThat(SchemaLosses.between(TASK, today)).containsExactly("Task.policy: gone");
    }

    @Test
    void aRemovedSymbolWouldBeNoticed() {
        Schema today = changed(
                COMPLETION,
                json -> ((ArrayNode)
                                field(json, COMPLETION, "status").path("type").path("symbols"))
                        .remove(2));

        assertReadableBothWays(COMPLETION, today);
        assertThat(SchemaLosses.between(COMPLETION, today)).containsExactly("Completion.status: REFUSED gone");
    }

    @Test
    void aChangedLogicalTypeWouldBeNoticed() {
        Schema today = changed(
                COMPLETION,
                json -> ((ObjectNode) field(json, COMPLETION, "finished_at").path("type"))
                        .put("logicalType", "timestamp-micros"));

        assertReadableBothWays(COMPLETION, today);
        assertThat(SchemaLosses.between(COMPLETION, today)).containsExactly("Completion.finished_at: type");
    }

    @Test
    void aChangedDefaultWouldBeNoticed() {
        Schema today =
                changed(COMPLETION, json -> field(json, COMPLETION, "retryable").put("default", true));

        assertReadableBothWays(COMPLETION, today);
        assertThat(SchemaLosses.between(COMPLETION, today)).containsExactly("Completion.retryable: default");
    }

    /**
     * An older application would call such an event unreadable, and its dead letter would be all that is left of it.
     */
    @Test
    void anAddedBranchOfARequiredUnionWouldBeNoticed() {
        Schema today = changed(
                REQUEST, json -> ((ArrayNode) field(json, REQUEST, "body").path("type")).add(record("Correction")));

        assertThat(incompatibilities(today, REQUEST)).isEmpty();
        assertThat(SchemaLosses.between(REQUEST, today)).isEmpty();
        assertThat(incompatibilities(REQUEST, today)).isNotEmpty();
    }

    @Test
    void aFieldWithADefaultAndASymbolOfAnEnumWithOneMayBeAdded() {
        Schema today = changed(COMPLETION, json -> {
            fields(json).add(named("worker").put("type", "string").put("default", ""));
            ((ArrayNode) field(json, COMPLETION, "status").path("type").path("symbols")).add("PARTLY_DONE");
        });

        assertReadableBothWays(COMPLETION, today);
        assertThat(SchemaLosses.between(COMPLETION, today)).isEmpty();
    }

    static Stream<Path> releasedSchemas() {
        try (Stream<Path> files = Files.walk(RELEASED)) {
            return files.filter(file -> file.toString().endsWith(".avsc")).sorted().toList().stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<Incompatibility> incompatibilities(Schema reader, Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getResult()
                .getIncompatibilities();
    }

    private static void assertReadableBothWays(Schema one, Schema other) {
        assertThat(incompatibilities(one, other)).isEmpty();
        assertThat(incompatibilities(other, one)).isEmpty();
    }

    private static Schema released(Path file) throws IOException {
        return new Schema.Parser().parse(Files.readString(file));
    }

    private static Schema current(Path released) {
        String name = released.getFileName().toString().replace(".avsc", "");
        Map<String, Schema> all = ContractSchemas.all();
        assertThat(all).as("a released schema may not disappear").containsKey(name);
        return all.getOrDefault(name, Schema.create(Schema.Type.NULL));
    }

    private static Schema changed(Schema schema, Consumer<ObjectNode> change) {
        try {
            ObjectNode json = (ObjectNode) JSON.readTree(schema.toString());
            change.accept(json);
            return new Schema.Parser().parse(json.toString());
        } catch (JsonProcessingException notJson) {
            throw new UncheckedIOException(notJson);
        }
    }

    private static ArrayNode fields(ObjectNode record) {
        return (ArrayNode) record.path("fields");
    }

    private static ObjectNode field(ObjectNode json, Schema schema, String name) {
        return (ObjectNode) fields(json).path(schema.getField(name).pos());
    }

    private static ObjectNode named(String name) {
        return JSON.createObjectNode().put("name", name);
    }

    private static ObjectNode record(String name) {
        ObjectNode record = named(name).put("type", "record");
        record.putArray("fields");
        return record;
    }

    private static Schema.Field copy(Schema.Field field) {
        return new Schema.Field(field, field.schema());
    }
}
