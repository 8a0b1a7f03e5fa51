package io.quittance.proving.load;

import io.quittance.proving.ground.Ground;
import io.quittance.proving.history.HistoryDirectory;
import io.quittance.proving.history.JsonLines;
import io.quittance.proving.history.Subject;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Fills the systems with people, before anybody asks for them. */
final class Filler {
    /** Parents before children. */
    private static final Map<String, List<String>> COLUMNS = Map.of(
            "crm.customers", List.of("customer_id", "full_name", "email", "phone", "language"),
            "crm.addresses", List.of("address_id", "customer_id", "street", "city"),
            "sales.orders", List.of("order_id", "customer_id", "total", "delivery_note"),
            "sales.order_lines", List.of("line_id", "order_id", "product", "gift_message"),
            "sales.invoices", List.of("invoice_id", "customer_id", "billing_name", "gross"));

    private static final List<String> ORDER =
            List.of("crm.customers", "crm.addresses", "sales.orders", "sales.order_lines", "sales.invoices");

    private static final int BATCH = 1_000;
    private static final int UPLOADS = 4;

    private final Ground ground;
    private final HistoryDirectory history;

    Filler(Ground ground, HistoryDirectory history) {
        this.ground = ground;
        this.history = history;
    }

    /** Makes the tables and the bucket, and people with the numbers from 0. */
    void fill(long seed, int people) {
        try (Connection connection = connect();
                S3Client s3 = ObjectStores.client(ground.objectStore());
                JsonLines.Writer<Subject> subjects = JsonLines.writer(history.subjects(), Subject.class)) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(Estate.text("schema.sql"));
            }
            s3.createBucket(bucket -> bucket.bucket(Estate.ARCHIVE_BUCKET));
            for (int first = 0; first < people; first += BATCH) {
                List<Person> batch = IntStream.range(first, Math.min(people, first + BATCH))
                        .mapToObj(number -> Person.of(seed, number))
                        .toList();
                rows(connection, batch);
                letters(s3, batch);
                batch.forEach(person -> subjects.write(person.subject()));
            }
            try (Statement statement = connection.createStatement()) {
                statement.execute("analyze");
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the database cannot be filled", e);
        }
    }

    private Connection connect() throws SQLException {
        Ground.Database database = ground.database();
        return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
    }

    private static void rows(Connection connection, List<Person> people) throws SQLException {
        for (String name : ORDER) {
            String[] parts = name.split("\\.");
            List<String> columns = COLUMNS.getOrDefault(name, List.of());
            String text = people.stream()
                    .flatMap(person ->
                            person.rows().getOrDefault(parts[0], Map.of()).getOrDefault(parts[1], List.of()).stream())
                    .map(row -> columns.stream()
                            .map(column -> escaped(row.get(column)))
                            .collect(Collectors.joining("\t")))
                    .collect(Collectors.joining("\n", "", "\n"));
            if (!text.isBlank()) {
                copy(connection, name, columns, text);
            }
        }
    }

    private static void copy(Connection connection, String table, List<String> columns, String text)
            throws SQLException {
        try {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(
                            "COPY " + table + " (" + String.join(", ", columns) + ") FROM STDIN",
                            new StringReader(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String escaped(@Nullable String value) {
        return value == null ? "\\N" : value;
    }

    private static void letters(S3Client s3, List<Person> people) {
        ExecutorService uploads = Executors.newFixedThreadPool(UPLOADS);
        try {
            List<CompletableFuture<Void>> all = new ArrayList<>();
            people.forEach(person -> person.letters()
                    .forEach((name, text) -> all.add(CompletableFuture.runAsync(
                            () -> s3.putObject(
                                    put -> put.bucket(Estate.ARCHIVE_BUCKET)
                                            .key("customers/" + person.customerId() + "/" + name)
                                            .contentType("text/plain"),
                                    RequestBody.fromString(text)),
                            uploads))));
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
        } finally {
            uploads.shutdown();
        }
    }
}
