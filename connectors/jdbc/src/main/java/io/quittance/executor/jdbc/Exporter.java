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
    private final Portions portions;
    private final Clock clock;

    Exporter(Connection connection, ExportStore store, Portions portions, Clock clock) {
        this.connection = connection;
        this.store = store;
        this.portions = portions;
        this.clock = clock;
    }

    List<DatasetOutcome> export(Work work, List<Located> datasets)
            throws SQLException, TaskFailure, InterruptedException {
        Map<String, Long> matched = new HashMap<>();
        for (Located located : datasets) {
            matched.put(located.dataset().getName(), located.rows().count(connection));
        }
        boolean isAnythingThere = matched.values().stream().anyMatch(count -> count > 0);
        StoredDocument document = isAnythingThere ? written(work, datasets) : left(work);
        return datasets.stream()
                .map(located -> located.dataset().getName())
                .map(name -> outcome(name, matched.getOrDefault(name, 0L), document))
                .toList();
    }

    private StoredDocument written(Work work, List<Located> datasets)
            throws SQLException, TaskFailure, InterruptedException {
        return store.<SQLException>write(
                ExportKey.document(work.task()), json -> write(json, work, datasets), work.guard());
    }

    /** What an attempt under this grant wrote before the rows went, and was stopped before it could say so. */
    private @Nullable StoredDocument left(Work work) throws TaskFailure, InterruptedException {
        return store.find(ExportKey.document(work.task())).orElse(null);
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
            query.setFetchSize(portions.fetchSize(connection, located, columns));
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

    /** The store may have answered with a document that an earlier attempt wrote, when there was more, or less. */
    private static DatasetOutcome outcome(String dataset, long found, @Nullable StoredDocument document) {
        long exported = document == null ? 0 : document.records(dataset);
        long matched = Math.max(found, exported);
        return DatasetOutcome.newBuilder()
                .setDataset(dataset)
                .setDisposition(matched == 0 ? Disposition.NOT_FOUND : Disposition.EXPORTED)
                .setMatched(matched)
                .setAffected(exported)
                .setDocument(document == null || matched == 0 ? null : document.description())
                .build();
    }
}
