package io.quittance.streams.cli.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.schema.PolicyDocument;
import io.quittance.streams.yaml.SourceFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentWriterTest {

    private static final Path DOCUMENTS = Path.of("src/test/resources/documents");

    @ParameterizedTest
    @ValueSource(strings = {"policy.yaml", "full-policy.yaml"})
    void aPolicyThatIsShownCanBeAppliedAgainUnchanged(String file) throws IOException {
        PolicyReader reader = new PolicyReader((cel, use) -> List.of());
        PolicyDocument policy = reader.read(SourceFile.read(DOCUMENTS.resolve(file)));

        assertThat(reader.read(new SourceFile("shown", DocumentWriter.write(policy))))
                .isEqualTo(policy);
    }

    @Test
    void anEntryThatIsShownCanBeAppliedAgainUnchanged() throws IOException {
        List<SystemDraft> drafts =
                SystemReader.read(List.of(SourceFile.read(DOCUMENTS.resolve("systems.yaml"))), List.of());

        List<SourceFile> shown = drafts.stream()
                .map(draft -> new SourceFile("shown", DocumentWriter.write(draft.entry())))
                .toList();

        assertThat(SystemReader.read(shown, List.of()))
                .extracting(SystemDraft::entry)
                .isEqualTo(drafts.stream().map(SystemDraft::entry).toList());
    }
}
