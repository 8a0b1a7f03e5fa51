package io.quittance.proving.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quittance.proving.history.Act;
import io.quittance.proving.history.HistoryDirectory;
import io.quittance.proving.history.JsonLines;
import io.quittance.proving.history.Place;
import io.quittance.proving.history.RunInfo;
import io.quittance.proving.history.TopicRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where an identifier may stand, and where it may not. */
class EvidenceReaderTest {
    @TempDir
    private Path directory;

    private HistoryDirectory history;

    @BeforeEach
    void begin() {
        history = new HistoryDirectory(directory);
        history.write(new RunInfo(1, 0, 1L, true, Map.of(), "revision", "machine", null));
        history.writeSchemas(Map.of());
        Stream.of(history.acts(), history.subjects(), history.rows(), history.receipts(), history.objects())
                .forEach(file -> JsonLines.writer(file, Object.class).close());
    }

    @Test
    void whatCannotBeReadIsNotSkipped() {
        marked("privacy.audit");
        write("privacy.audit", new TopicRecord(0, 8, 1, bytes("key"), null, Map.of()));
        write("privacy.approvals", new TopicRecord(0, 9, 1, bytes("key"), null, Map.of()));
        assertThat(EvidenceReader.read(history).unreadable)
                .extracting(record -> record.place().toString())
                .containsExactly("privacy.audit-0@7", "privacy.audit-0@8");
    }

    @Test
    void aHistoryWithoutItsActsIsNotWhole() throws IOException {
        Files.delete(history.acts());
        assertThatThrownBy(() -> EvidenceReader.read(history)).hasMessageContaining("not whole");
    }

    @Test
    void anIdentifierInTheAuditIsALeak() {
        marked("privacy.audit");
        assertThat(EvidenceReader.read(history).leaks).extracting(Leak::where).containsExactly("privacy.audit-0@7");
    }

    @Test
    void requestsAndTasksHoldIdentifiers() {
        marked("privacy.requests");
        marked("privacy.tasks.crm");
        assertThat(EvidenceReader.read(history).leaks).isEmpty();
    }

    @Test
    void whatWasPublishedAsPoisonIsWhereItsPublisherPutIt() {
        marked("privacy.decisions");
        assertThat(EvidenceReader.read(history).leaks).hasSize(1);
        try (JsonLines.Writer<Act> acts = JsonLines.writer(history.acts(), Act.class)) {
            var place = new Place("privacy.decisions", 0, 7);
            acts.write(new Act(1, 2L, Act.Kind.POISON, null, null, "POISON", place, List.of(), Map.of()));
        }
        assertThat(EvidenceReader.read(history).leaks).isEmpty();
    }

    @Test
    void onlyTheLastRowOfADocketMustHoldNone() {
        String changelog = "quittance-dockets-changelog";
        marked(changelog);
        assertThat(EvidenceReader.read(history).leaks).hasSize(1);
        write(changelog, new TopicRecord(0, 8, 1, bytes("key"), new byte[64], Map.of()));
        assertThat(EvidenceReader.read(history).leaks).isEmpty();
    }

    private void marked(String topic) {
        write(topic, new TopicRecord(0, 7, 1, bytes("key"), bytes("..." + Marker.TEXT + "..."), Map.of()));
    }

    private void write(String topic, TopicRecord record) {
        try (JsonLines.Writer<TopicRecord> out = JsonLines.writer(history.topic(topic), TopicRecord.class)) {
            out.write(record);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
