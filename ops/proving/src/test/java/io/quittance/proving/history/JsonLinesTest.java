package io.quittance.proving.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonLinesTest {
    @TempDir
    private Path directory;

    @Test
    void actsComeBackAsTheyWere() {
        var act = new Act(
                1,
                2L,
                Act.Kind.SUBMITTED,
                "r",
                "s",
                "STORY",
                new Place("t", 3, 4),
                List.of("FULFILLED"),
                Map.of("a", "b"));
        assertThat(back(act, Act.class, "acts.jsonl")).isEqualTo(act);
    }

    @Test
    void anActThatNobodyAcknowledgedStaysSo() {
        var act = new Act(1, null, Act.Kind.WITHDRAWN, "r", "s", "", null, List.of(), Map.of());
        assertThat(back(act, Act.class, "acts.jsonl").acknowledged()).isFalse();
    }

    @Test
    void recordsComeBackByteForByte() {
        var record = new TopicRecord(1, 2, 3, new byte[] {0, -1}, new byte[] {5}, Map.of("h", "x"));
        TopicRecord read = back(record, TopicRecord.class, "topic.jsonl.gz");
        assertThat(read.key()).containsExactly(0, -1);
        assertThat(read.value()).containsExactly(5);
        assertThat(read.headers()).isEqualTo(Map.of("h", "x"));
    }

    @Test
    void aTombstoneHasNoValue() {
        var record = new TopicRecord(1, 2, 3, new byte[] {1}, null, Map.of());
        assertThat(back(record, TopicRecord.class, "topic.jsonl.gz").value()).isNull();
    }

    @Test
    void aFileThatIsMissingIsNotAFileWithoutLines() {
        assertThatThrownBy(() -> JsonLines.readAll(directory.resolve("acts.jsonl"), Act.class))
                .hasMessageContaining("not whole")
                .hasMessageContaining("acts.jsonl");
    }

    @Test
    void aFileWithoutLinesHoldsNothing() {
        Path file = directory.resolve("nemesis.jsonl");
        JsonLines.writer(file, FaultEvent.class).close();
        assertThat(JsonLines.readAll(file, FaultEvent.class)).isEmpty();
    }

    @Test
    void receiptsAndFaultsComeBackAsTheyWere() {
        var receipt = new SystemReceipt("crm", "r/crm", "DELETE", "r#1", 1, SystemReceipt.OBJECTS, 7);
        assertThat(back(receipt, SystemReceipt.class, "receipts.jsonl.gz")).isEqualTo(receipt);
        var fault = new FaultEvent(1, "kill-app", "app-1", FaultEvent.BEGIN, null);
        assertThat(back(fault, FaultEvent.class, "nemesis.jsonl")).isEqualTo(fault);
    }

    private <T> T back(T value, Class<T> type, String name) {
        Path file = directory.resolve(name);
        try (JsonLines.Writer<T> out = JsonLines.writer(file, type)) {
            out.write(value);
        }
        return JsonLines.readAll(file, type).get(0);
    }
}
