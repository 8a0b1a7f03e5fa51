package io.quittance.proving.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quittance.proving.ground.Ground;
import io.quittance.proving.history.Digest;
import io.quittance.proving.history.HistoryDirectory;
import io.quittance.proving.history.JsonLines;
import io.quittance.proving.history.SystemObject;
import io.quittance.proving.history.SystemReceipt;
import io.quittance.proving.history.SystemRow;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Writes down what the systems hold when a run is over, by SQL and by listing buckets. */
public final class SystemsDump {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String RECEIPTS_TABLE = "quittance_receipts";
    private static final int FETCH = 1_000;

    private final Ground ground;
    private final HistoryDirectory history;

    public SystemsDump(Ground ground, HistoryDirectory history) {
        this.ground = ground;
        this.history = history;
    }

    /** @throws IllegalStateException if a system does not answer */
    public void write() {
        try (JsonLines.Writer<SystemReceipt> receipts = JsonLines.writer(history.receipts(), SystemReceipt.class)) {
            database(receipts);
            objects(receipts);
        } catch (SQLException e) {
            throw new IllegalStateException("the database cannot be read", e);
        }
    }

    private void database(JsonLines.Writer<SystemReceipt> receipts) throws SQLException {
        Ground.Database database = ground.database();
        try (Connection connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
                JsonLines.Writer<SystemRow> rows = JsonLines.writer(history.rows(), SystemRow.class)) {
            connection.setAutoCommit(false);
            for (Map.Entry<String, java.util.List<String>> system : Estate.TABLES.entrySet()) {
                for (String table : system.getValue()) {
                    rows(connection, system.getKey(), table, rows);
                }
            }
            receipts(connection, receipts);
        }
    }

    private static void rows(Connection connection, String system, String table, JsonLines.Writer<SystemRow> out)
            throws SQLException {
        // A line belongs to whom its order belongs to; its own columns are the row.
        String owner = table.equals("order_lines")
                ? "(select o.customer_id from sales.orders o where o.order_id = t.order_id)"
                : "t.customer_id";
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(FETCH);
            ResultSet found =
                    statement.executeQuery("select " + owner + " as owner, t.* from " + system + "." + table + " t");
            ResultSetMetaData columns = found.getMetaData();
            while (found.next()) {
                Map<String, @Nullable String> row = new HashMap<>();
                for (int column = 2; column <= columns.getColumnCount(); column++) {
                    row.put(columns.getColumnName(column), found.getString(column));
                }
                out.write(new SystemRow(system, table, String.valueOf(found.getString(1)), Digest.ofRow(row), row));
            }
        }
    }

    private static void receipts(Connection connection, JsonLines.Writer<SystemReceipt> out) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(FETCH);
            ResultSet there = statement.executeQuery("select to_regclass('" + RECEIPTS_TABLE + "') is not null");
            there.next();
            if (!there.getBoolean(1)) {
                return;
            }
            ResultSet found =
                    statement.executeQuery("select task_id, action, grant_id, attempt, done_at from " + RECEIPTS_TABLE);
            while (found.next()) {
                String taskId = found.getString(1);
                out.write(new SystemReceipt(
                        taskId.substring(taskId.lastIndexOf('/') + 1),
                        taskId,
                        found.getString(2),
                        found.getString(3),
                        found.getInt(4),
                        SystemReceipt.IN_TRANSACTION,
                        found.getTimestamp(5).getTime()));
            }
        }
    }

    private void objects(JsonLines.Writer<SystemReceipt> receipts) {
        String exports = ground.objectStore().exportBucket();
        try (S3Client s3 = ObjectStores.client(ground.objectStore());
                JsonLines.Writer<SystemObject> out = JsonLines.writer(history.objects(), SystemObject.class)) {
            for (String bucket : java.util.List.of(Estate.ARCHIVE_BUCKET, exports)) {
                for (S3Object object :
                        s3.listObjectsV2Paginator(list -> list.bucket(bucket)).contents()) {
                    byte[] bytes = s3.getObjectAsBytes(get -> get.bucket(bucket).key(object.key()))
                            .asByteArray();
                    if (bucket.equals(exports) && isReceipt(object.key())) {
                        receipts.write(receipt(bytes));
                    } else {
                        String text = bucket.equals(exports) ? new String(bytes, StandardCharsets.UTF_8) : null;
                        out.write(new SystemObject(bucket, object.key(), Digest.sha256(bytes), bytes.length, text));
                    }
                }
            }
        }
    }

    private static boolean isReceipt(String key) {
        return key.startsWith("receipts/");
    }

    private static SystemReceipt receipt(byte[] bytes) {
        try {
            JsonNode receipt = JSON.readTree(bytes);
            String taskId = receipt.path("task_id").asText();
            boolean done = receipt.path("state").asText().equals("DONE");
            return new SystemReceipt(
                    taskId.substring(taskId.lastIndexOf('/') + 1),
                    taskId,
                    receipt.path("action").asText(),
                    receipt.path("grant_id").asText(),
                    receipt.path("attempt").asInt(),
                    done ? SystemReceipt.OBJECTS : SystemReceipt.OBJECTS_STARTED,
                    Instant.parse(receipt.path("at").asText()).toEpochMilli());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a receipt in the object store is no JSON", e);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
