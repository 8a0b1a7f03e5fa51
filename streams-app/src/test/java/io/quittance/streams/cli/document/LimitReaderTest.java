package io.quittance.streams.cli.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.quittance.schema.Action;
import io.quittance.schema.LimitDocument;
import io.quittance.schema.LimitRate;
import io.quittance.streams.codec.LimitMapping;
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

class LimitReaderTest {

    @Test
    void everyKeyIsReadAndThePipelineTakesWhatComesOut() throws IOException {
        List<LimitDocument> limits =
                LimitReader.read(List.of(SourceFile.read(Path.of("src/test/resources/documents/limits.yaml"))));

        assertThat(limits).extracting(LimitDocument::getName).containsExactly("shop-deletes", "exports");
        assertThat(limits.get(0))
                .returns(List.of("shop"), LimitDocument::getSystems)
                .returns(List.of(Action.DELETE, Action.ANONYMIZE), LimitDocument::getActions)
                .returns(5, LimitDocument::getConcurrent)
                .returns(null, LimitDocument::getPerWindow);
        assertThat(limits.get(1).getPerWindow())
                .isEqualTo(new LimitRate(20, Duration.ofHours(1).toMillis()));
        limits.forEach(limit -> {
            limit.setVersion(1);
            assertThat(LimitMapping.limit(limit.getName(), limit)).isNotNull();
        });
    }

    @Test
    void whatIsShownCanBeAppliedAgain() throws IOException {
        List<LimitDocument> limits =
                LimitReader.read(List.of(SourceFile.read(Path.of("src/test/resources/documents/limits.yaml"))));

        assertThat(limits)
                .allSatisfy(limit -> assertThat(
                                LimitReader.read(List.of(new SourceFile("shown", DocumentWriter.write(limit)))))
                        .containsExactly(limit));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            concurrent: 5                              | l.yaml:1:1: 'name' is missing.
            name: a b; concurrent: 5                   | l.yaml:1:7: 'name' may have letters
            name: a                                    | l.yaml:1:1: A limit needs 'concurrent: 5', or 'per_window
            name: a; concurrent: 0                     | l.yaml:2:13: 'concurrent' must be a whole number from 1 to
            name: a; concurrent: many                  | l.yaml:2:13: 'concurrent' must be a whole number
            name: a; concurrent: 1; systems: [Shop]    | l.yaml:3:11: 'Shop' cannot be a system
            name: a; concurrent: 1; systems: [s, s]    | l.yaml:3:14: 's' is here twice.
            name: a; concurrent: 1; actions: [PURGE]   | l.yaml:3:11: 'actions' must be one of ACCESS, EXPORT, DELETE, ANONYMIZE.
            name: a; concurrent: 1; actions: [DELETE, DELETE] | l.yaml:3:19: DELETE is here twice.
            name: a; per_window: {window: 1h}          | l.yaml:2:13: 'count' is missing.
            name: a; per_window: {count: 1}            | l.yaml:2:13: 'window' is missing.
            name: a; per_window: {count: 1, window: 0s} | l.yaml:2:32: 'window' must be a time
            name: a; per_window: {count: 1, window: 400d} | l.yaml:2:32: 'window' must not be longer than 366d.
            name: a; per_window: {count: 1, window: PT9999999999999999S} | l.yaml:2:32: 'window' must be a time
            name: a; concurrent: 1; actions:           | l.yaml:3:1: 'actions' has no value; give it one or remove the key.
            name: a; concurrent: 1; systems:           | l.yaml:3:1: 'systems' has no value
            name: a; concurrent: 1; burst: 3           | l.yaml:3:1: Unknown key 'burst'; known here:
            name: a; concurrent: 1; ---; name: a; concurrent: 2 | l.yaml:4:7: The limit 'a' is described twice.
            """)
    void aMistakeIsToldWithItsPosition(String yaml, String expected) {
        var source = new SourceFile("l.yaml", yaml.replace("; ", "\n"));

        InvalidDocumentException invalid =
                catchThrowableOfType(InvalidDocumentException.class, () -> LimitReader.read(List.of(source)));

        assertThat(invalid).isNotNull();
        assertThat(invalid.problems())
                .extracting(Problem::toString)
                .anySatisfy(line -> assertThat(line).startsWith(expected));
    }
}
