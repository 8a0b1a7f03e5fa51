package io.quittance.executor.jdbc;

import com.fasterxml.jackson.core.JsonGenerator;
import io.quittance.executor.TaskFailure;
import io.quittance.executor.Work;
import io.quittance.executor.export.ExportKey;
import io.quittance.executor.export.ExportStore;
import io.quittance.executor.export.StoredDocument;
import io.quittance.schema.DatasetOutcome;
import io.quittance.schema.Disposition;
import io.quittance.schema.Field;
import io.quittance.schema.Task;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes a subject's rows, minimized, as one JSON document per task. Rows are streamed, never collected. */
final class Exporter {
    private final Connection connection;
    private final ExportStore store;
    private final int fetchSize;
    private final Clock clock;

    Exporter(Connection connection, ExportStore store, int fetchSize, Clock clock) {
        this.connection = connection;
        this.store = store;
        this.fetchSize = fetchSize;
        this.clock = clock;
    }

    List<DatasetOutcome> export(Work work, List<Located> datasets)
            throws SQLException, TaskFailure, InterruptedException {
        Map<String, Long> matched = new HashMap<>();
        for (Located located : datasets) {
            matched.put(located.dataset().getName(), located.rows().count(connection));
        }
        if (matched.values().stream().allMatch(count -> count == 0)) {
            return datasets.stream().map(Exporter::notFound).toList();
        }
        StoredDocument document =
                store.<SQLException>write(ExportKey.document(work.task()), json -> write(json, work, datasets));
        return datasets.stream()
                .map(located -> outcome(located, matched, document))
                .toList();
    }

    private Map<String, Long> write(JsonGenerator json, Work work, List<Located> datasets)
            throws IOException, SQLException, TaskFailure, InterruptedException {
        Task task = work.task();
        json.writeStartObject();
        json.writeStringField("request_id", task.getRequestId());
        json.writeStringField("system", task.getSystem());
        json.writeStringField("action", task.getAction().name());
        json.writeStringField("created_at", clock.instant().toString());
        json.writeArrayFieldStart("datasets");
        Map<String, Long> written = new HashMap<>();
        for (Located located : datasets) {
            json.writeStartObject();
            json.writeStringField("name", located.dataset().getName());
            json.writeArrayFieldStart("records");
            written.put(located.dataset().getName(), writeRecords(json, work, located));
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        // The document becomes readable when this returns: this is the moment of the effect.
        work.guard().ensureValid();
        return written;
    }

    private long writeRecords(JsonGenerator json, Work work, Located located)
            throws IOException, SQLException, TaskFailure {
        List<Field> fields = work.grantedFields(located.dataset());
        if (fields.isEmpty()) {
            return 0;
        }
        List<Column> columns = located.columns(fields);
        String sql = "SELECT " + columns.stream().map(Column::quoted).collect(Collectors.joining(", ")) + " FROM "
                + located.table().quoted() + " WHERE " + located.rows().condition();
        long records = 0;
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setFetchSize(fetchSize);
            located.rows().bind(query, 1);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    json.writeStartObject();
                    for (int index = 0; index < columns.size(); index++) {
                        Field field = fields.get(index);
                        Object value = columns.get(index).read(row, index + 1);
                        json.writeFieldName(field.getName());
                        writeValue(
                                json,
                                columns.get(index),
                                value,
                                work.transformations().minimized(field, value));
                    }
                    json.writeEndObject();
                    records++;
                }
            }
        }
        return records;
    }

    private static void writeValue(JsonGenerator json, Column column, @Nullable Object original, @Nullable Object value)
            throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (column.isJson() && value.equals(original)) {
            json.writeRawValue(value.toString());
        } else if (value instanceof Boolean bool) {
            json.writeBoolean(bool);
        } else if (value instanceof BigDecimal decimal) {
            json.writeNumber(decimal);
        } else if (value instanceof Double number) {
            json.writeNumber(number);
        } else if (value instanceof Float number) {
            json.writeNumber(number);
        } else if (value instanceof Number number) {
            json.writeNumber(number.longValue());
        } else if (value instanceof byte[] bytes) {
            json.writeBinary(bytes);
        } else {
            json.writeString(value.toString());
        }
    }

    private static DatasetOutcome outcome(Located located, Map<String, Long> matched, StoredDocument document) {
        String name = located.dataset().getName();
        long found = matched.getOrDefault(name, 0L);
        if (found == 0) {
            return notFound(located);
        }
        return DatasetOutcome.newBuilder()
                .setDataset(name)
                .setDisposition(Disposition.EXPORTED)
                .setMatched(found)
                .setAffected(document.records(name))
                .setDocument(document.description())
                .build();
    }

    static DatasetOutcome notFound(Located located) {
        return DatasetOutcome.newBuilder()
                .setDataset(located.dataset().getName())
                .setDisposition(Disposition.NOT_FOUND)
                .build();
    }
}
