package io.quittance.proving.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quittance.proving.check.Extent.Asked;
import io.quittance.proving.check.Extent.Scope;
import io.quittance.proving.history.Act;
import io.quittance.proving.history.HistoryDirectory;
import io.quittance.proving.history.JsonLines;
import io.quittance.proving.history.Place;
import io.quittance.proving.history.RunInfo;
import io.quittance.proving.history.TopicRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where an identifier may stand, and where it may not. */
class EvidenceReaderTest {
    private static final String TEXTS = "{'type': 'array', 'items': 'string'}";
    private static final String SCOPE_FIELDS =
            "[{'name': 'systems', 'type': %s}, {'name': 'categories', 'type': %s}]".formatted(TEXTS, TEXTS);
    private static final String ENTRY = record(
            "SystemEntry",
            "{'name': 'system', 'type': 'string'}, {'name': 'actions', 'type': %s}, {'name': 'after', 'type': %s}, {'name': 'datasets', 'type': %s}"
                    .formatted(TEXTS, TEXTS, TEXTS));
    private static final String REQUEST = record(
            "RequestEvent",
            "{'name': 'request_id', 'type': 'string'}, {'name': 'body', 'type': {'type': 'record', 'name': 'Submission', 'fields': [{'name': 'action', 'type': 'string'}, {'name': 'scope', 'type': {'type': 'record', 'name': 'Scope', 'fields': %s}}]}}"
                    .formatted(SCOPE_FIELDS));
    private static final String DECISION = record(
            "DecisionEvent",
            "{'name': 'decision_id', 'type': 'string'}, {'name': 'narrowing', 'type': {'type': 'record', 'name': 'Narrowing', 'fields': %s}}"
                    .formatted(SCOPE_FIELDS));

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
    void anIdentifierInAHeaderIsALeak() {
        Map<String, String> marked = Map.of("trace", "..." + Marker.TEXT + "...");
        write("privacy.audit", new TopicRecord(0, 7, 1, bytes("key"), bytes("value"), marked));
        write("privacy.dead-letters", new TopicRecord(0, 8, 1, bytes("key"), bytes("value"), marked));
        write("privacy.requests", new TopicRecord(0, 9, 1, bytes("key"), bytes("value"), marked));
        write("privacy.decisions", new TopicRecord(0, 10, 1, bytes("key"), bytes("value"), Map.of(Marker.TEXT, "")));
        assertThat(EvidenceReader.read(history).leaks)
                .extracting(Leak::where)
                .containsExactlyInAnyOrder("privacy.audit-0@7", "privacy.dead-letters-0@8", "privacy.decisions-0@10");
    }

    @Test
    void onlyTheLastRowOfADocketMustHoldNone() {
        String changelog = "quittance-dockets-changelog";
        marked(changelog);
        assertThat(EvidenceReader.read(history).leaks).hasSize(1);
        write(changelog, new TopicRecord(0, 8, 1, bytes("key"), new byte[64], Map.of()));
        assertThat(EvidenceReader.read(history).leaks).isEmpty();
    }

    @Test
    void anEntryThatSomebodyReplacedSaysNothingOfAnyPlan() {
        history.writeSchemas(Map.of(1, ENTRY));
        entry("crm", "\"DELETE\"");
        entry("crm", "\"DELETE\"");
        entry("sales", "\"DELETE\"");
        entry("sales", "\"ACCESS\"");
        entry("archive", "\"ACCESS\", \"DELETE\"");
        write("privacy.systems", new TopicRecord(0, 7, 1, bytes("archive"), null, Map.of()));
        DataMap map = EvidenceReader.read(history).dataMap;
        assertThat(map.changed()).containsExactlyInAnyOrder("sales", "archive");
        assertThat(map.lists("crm", "DELETE")).isTrue();
        assertThat(map.lists("crm", "ACCESS")).isFalse();
    }

    @Test
    void whatWasAskedIsWhatThePublisherSaidFirst() {
        history.writeSchemas(Map.of(1, REQUEST));
        request("crm");
        request("sales");
        assertThat(EvidenceReader.read(history).asked)
                .isEqualTo(Map.of("r-1", new Asked("DELETE", new Scope(List.of("crm"), List.of("contact")))));
    }

    @Test
    void whatApproversLeftIsKnownByTheirDecision() {
        history.writeSchemas(Map.of(1, DECISION));
        avro(
                "privacy.decisions",
                DECISION,
                "{'decision_id': 'd-1', 'narrowing': {'systems': ['crm'], 'categories': []}}".replace('\'', '"'));
        assertThat(EvidenceReader.read(history).narrowings)
                .isEqualTo(Map.of("d-1", new Scope(List.of("crm"), List.of())));
    }

    private void entry(String system, String actions) {
        String entry = "{'system': '%s', 'actions': [%s], 'after': [], 'datasets': []}";
        avro("privacy.systems", ENTRY, entry.replace('\'', '"').formatted(system, actions));
    }

    private void request(String system) {
        String scope = "{'systems': ['%s'], 'categories': ['contact']}";
        String event = "{'request_id': 'r-1', 'body': {'action': 'DELETE', 'scope': " + scope + "}}";
        avro("privacy.requests", REQUEST, event.replace('\'', '"').formatted(system));
    }

    /** Writes the record down in the registry's format, under the schema's id 1. */
    private void avro(String topic, String schema, String json) {
        try {
            var parsed = new Schema.Parser().parse(schema);
            var value = new ByteArrayOutputStream();
            value.writeBytes(new byte[] {0, 0, 0, 0, 1});
            BinaryEncoder binary = EncoderFactory.get().directBinaryEncoder(value, null);
            GenericRecord record = new GenericDatumReader<GenericRecord>(parsed)
                    .read(null, DecoderFactory.get().jsonDecoder(parsed, json));
            new GenericDatumWriter<GenericRecord>(parsed).write(record, binary);
            write(topic, new TopicRecord(0, 7, 1, bytes("key"), value.toByteArray(), Map.of()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void marked(String topic) {
        write(topic, new TopicRecord(0, 7, 1, bytes("key"), bytes("..." + Marker.TEXT + "..."), Map.of()));
    }

    private void write(String topic, TopicRecord record) {
        try (JsonLines.Writer<TopicRecord> out = JsonLines.writer(history.topic(topic), TopicRecord.class)) {
            out.write(record);
        }
    }

    private static String record(String name, String fields) {
        return "{'type': 'record', 'name': '%s', 'fields': [%s]}"
                .formatted(name, fields)
                .replace('\'', '"');
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
