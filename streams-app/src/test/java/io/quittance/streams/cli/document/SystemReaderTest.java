package io.quittance.streams.cli.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.quittance.schema.Action;
import io.quittance.schema.Dataset;
import io.quittance.schema.Disposal;
import io.quittance.schema.Field;
import io.quittance.schema.ForeignKey;
import io.quittance.schema.SystemEntry;
import io.quittance.schema.Transformation;
import io.quittance.streams.yaml.InvalidDocumentException;
import io.quittance.streams.yaml.Problem;
import io.quittance.streams.yaml.SourceFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SystemReaderTest {

    private static final String DATASET = "datasets: [{name: d, location: l, locator: {identifier: i, column: c}}]";

    @Test
    void everyKeyOfAnEntryIsRead() throws IOException {
        List<SystemDraft> drafts = SystemReader.read(
                List.of(SourceFile.read(Path.of("src/test/resources/documents/systems.yaml"))), List.of());

        assertThat(drafts).extracting(SystemDraft::system).containsExactly("shop", "search");
        SystemEntry shop = drafts.get(0).entry();
        assertThat(shop.getActions()).containsExactly(Action.ACCESS, Action.EXPORT, Action.DELETE, Action.ANONYMIZE);
        assertThat(shop.getTaskTimeoutMs()).isEqualTo(Duration.ofMinutes(15).toMillis());
        assertThat(shop.getMaxAttempts()).isEqualTo(5);
        Dataset customers = shop.getDatasets().get(0);
        assertThat(customers.getFields())
                .containsExactly(
                        new Field("email", "contact", Transformation.REDACT),
                        new Field("full_name", "identity", Transformation.MASK));
        assertThat(customers.getBackupDays()).isEqualTo(35);
        assertThat(shop.getDatasets().get(1).getLocator().getPath())
                .containsExactly(new ForeignKey("order_id", "shop.orders", "id"));
        assertThat(shop.getDatasets().get(2))
                .returns(Disposal.RETAIN, Dataset::getOnDelete)
                .returns("HGB § 257, AO § 147", Dataset::getLegalGround);
        assertThat(drafts.get(1).entry().getAfter()).containsExactly("shop");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            system: Shop; actions: [DELETE]; DATASET             | s.yaml:1:9: 'system' may have lower-case letters
            system: a; DATASET                                   | s.yaml:1:1: 'actions' is missing.
            system: a; actions: []; DATASET                      | s.yaml:2:1: 'actions' must not be empty.
            system: a; actions: [PURGE]; DATASET                 | s.yaml:2:11: 'actions' must be one of ACCESS, EXPORT, DELETE, ANONYMIZE.
            system: a; actions: [DELETE, DELETE]; DATASET        | s.yaml:2:19: DELETE is here twice.
            system: a; actions: [DELETE]                         | s.yaml:1:1: 'datasets' is missing.
            system: a; actions: [DELETE]; after: [b]; DATASET    | s.yaml:3:9: There is no system 'b'
            system: a; actions: [DELETE]; after: [a]; DATASET    | s.yaml:3:9: 'a' cannot come after 'a'
            system: a; actions: [DELETE]; max_attempts: 0; DATASET | s.yaml:3:15: 'max_attempts' must be
            system: a; actions: [DELETE]; task_timeout: 0s; DATASET | s.yaml:3:15: 'task_timeout' must be a time
            system: a; actions: [DELETE]; task_timeout: PT9999999999999999S; DATASET | s.yaml:3:15: 'task_timeout' must be a time
            system: a; actions: [DELETE]; datasets: [{name: d, location: l, locator: {identifier: i, column: c}, on_delete: }] | s.yaml:3:72: 'on_delete' has no value
            system: a; actions: [DELETE]; owner: me; DATASET     | s.yaml:3:1: Unknown key 'owner'; known here:
            system: a; actions: [DELETE]; datasets: [{name: d, location: l}] | s.yaml:3:12: 'locator' is missing.
            system: a; actions: [DELETE]; datasets: [{name: d, location: l, locator: {identifier: i}}] | s.yaml:3:44: 'column' is missing.
            system: a; actions: [DELETE]; datasets: [{name: d, location: l, locator: {identifier: i, column: c, path: [{column: x, references_table: t}]}}] | s.yaml:3:78: 'references_column' is missing.
            system: a; actions: [DELETE]; datasets: [{name: d, location: l, locator: {identifier: i, column: c}, on_delete: RETAIN}] | s.yaml:3:72: RETAIN needs 'legal_ground'
            system: a; actions: [DELETE]; datasets: [{name: d, location: l, locator: {identifier: i, column: c}, legal_ground: x}] | s.yaml:3:72: 'legal_ground' is for datasets with
            system: a; actions: [DELETE]; datasets: [{name: d, location: l, locator: {identifier: i, column: c}, on_delete: ANONYMIZE}] | s.yaml:3:72: ANONYMIZE changes the listed fields only
            system: a; actions: [DELETE]; datasets: [{name: d, location: l, locator: {identifier: i, column: c}, fields: {f: {category: c, anonymize: BLUR}}}] | s.yaml:3:109: 'anonymize' must be one of
            system: a; actions: [DELETE]; DATASET; ---; system: a; actions: [DELETE]; DATASET | s.yaml:5:9: The system 'a' is described twice.
            """)
    void aMistakeIsToldWithItsPosition(String yaml, String expected) {
        String text = yaml.replace("; ", "\n").replace("DATASET", DATASET);

        InvalidDocumentException invalid = catchThrowableOfType(InvalidDocumentException.class, () -> read(text));

        assertThat(invalid).isNotNull();
        assertThat(invalid.problems())
                .extracting(Problem::toString)
                .anySatisfy(problem -> assertThat(problem).startsWith(expected));
    }

    @Test
    void aSystemMayComeAfterOneThatIsPublishedAlready() {
        SystemEntry published =
                read("system: b\nactions: [DELETE]\n" + DATASET).get(0).entry();

        assertThat(SystemReader.read(
                        List.of(new SourceFile("s.yaml", "system: a\nactions: [DELETE]\nafter: [b]\n" + DATASET)),
                        List.of(published)))
                .hasSize(1);
    }

    @Test
    void aCircleThroughPublishedEntriesIsFound() {
        SystemEntry published =
                read("system: a\nactions: [DELETE]\n" + DATASET).get(0).entry();
        SystemEntry afterIt = SystemEntry.newBuilder(published)
                .setSystem("b")
                .setAfter(List.of("a"))
                .build();

        InvalidDocumentException invalid = catchThrowableOfType(
                InvalidDocumentException.class,
                () -> SystemReader.read(
                        List.of(new SourceFile("s.yaml", "system: a\nactions: [DELETE]\nafter: [b]\n" + DATASET)),
                        List.of(published, afterIt)));

        assertThat(invalid).hasMessage("s.yaml:3:9: 'a' cannot come after 'b', which comes after it.");
    }

    private static List<SystemDraft> read(String yaml) {
        return SystemReader.read(List.of(new SourceFile("s.yaml", yaml)), List.of());
    }
}
