package io.quittance.executor.jdbc;

import io.quittance.executor.ExecutorConfig;
import io.quittance.harness.PostgresProcess;
import io.quittance.schema.Dataset;
import io.quittance.schema.Disposal;
import io.quittance.schema.Field;
import io.quittance.schema.ForeignKey;
import io.quittance.schema.Locator;
import io.quittance.schema.Transformation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A small shop in a real PostgreSQL, and the data map that describes it. */
final class Shop implements AutoCloseable {
    private static final String TABLES = """
            DROP SCHEMA IF EXISTS shop CASCADE;
            DROP SCHEMA IF EXISTS proof CASCADE;
            CREATE SCHEMA shop;
            CREATE SCHEMA proof;
            CREATE TABLE shop.customers (
              id bigint PRIMARY KEY, email text, name varchar(80) NOT NULL, born date, vip boolean,
              spent numeric(10,2), profile jsonb, internal_note text);
            CREATE TABLE shop.orders (
              id uuid PRIMARY KEY, customer_id bigint NOT NULL REFERENCES shop.customers, placed timestamptz NOT NULL);
            CREATE TABLE shop.order_lines (
              id serial PRIMARY KEY, order_id uuid NOT NULL REFERENCES shop.orders, gift_note text);
            CREATE TABLE shop.invoices (
              number text PRIMARY KEY, customer_id bigint NOT NULL REFERENCES shop.customers, amount integer NOT NULL)""";

    private final Connection connection;
    private final String url;
    private final String database;
    private final PostgresProcess postgres;

    Shop(PostgresProcess postgres, String database) throws SQLException {
        this.postgres = postgres;
        this.database = database;
        postgres.createDatabase(database);
        this.connection = postgres.connect(database);
        this.url = postgres.jdbcUrl(database);
    }

    /** Empty tables. */
    void rebuild() throws SQLException {
        run(TABLES);
    }

    void addCustomer(long id, String email) throws SQLException {
        run(
                "INSERT INTO shop.customers VALUES (?, ?, ?, '1984-05-06', true, 1234.50, '{\"a\": [1]}', 'secret')",
                id,
                email,
                "Name " + id);
    }

    /** A customer with two orders of two lines each, and an invoice. */
    void addCustomerWithOrders(long id, String email) throws SQLException {
        addCustomer(id, email);
        for (int order = 1; order <= 2; order++) {
            String orderId = "00000000-0000-0000-%04d-%012d".formatted(order, id);
            run("INSERT INTO shop.orders VALUES (?::uuid, ?, '2024-02-03T04:05:06Z')", orderId, id);
            run(
                    "INSERT INTO shop.order_lines (order_id, gift_note) VALUES (?::uuid, 'dear'), (?::uuid, 'you')",
                    orderId,
                    orderId);
        }
        run("INSERT INTO shop.invoices VALUES (?, ?, 10)", "invoice-" + id, id);
    }

    void run(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int index = 0; index < values.length; index++) {
                statement.setObject(index + 1, values[index]);
            }
            statement.execute();
        }
    }

    /** First column of each row. */
    List<@Nullable String> column(String sql) throws SQLException {
        List<@Nullable String> values = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(sql);
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                values.add(row.getString(1));
            }
        }
        return values;
    }

    long count(String table) throws SQLException {
        return Long.parseLong(
                String.valueOf(column("SELECT count(*) FROM " + table).get(0)));
    }

    /** Sessions that wait for a lock which another one holds. */
    long waitingForLocks() throws SQLException {
        return count("pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()");
    }

    JdbcSystem open(MemoryExportStore store, Clock clock) {
        return open(store, clock, Map.of());
    }

    JdbcSystem open(MemoryExportStore store, Clock clock, Map<String, String> more) {
        return JdbcSystem.open(JdbcConfig.parse(config(more)), store, clock);
    }

    Connection connect() throws SQLException {
        return postgres.connect(database);
    }

    ExecutorConfig config(Map<String, String> more) {
        Map<String, String> properties = new HashMap<>(more);
        properties.put("system", "shop");
        properties.put("kafka.bootstrap.servers", "127.0.0.1:1");
        properties.put("schema.registry.url", "http://127.0.0.1:1");
        properties.putIfAbsent("connection.url", url);
        properties.put("connection.user", postgres.user());
        properties.put("connection.password", postgres.password());
        properties.putIfAbsent("fetch.size", "2");
        properties.put("receipts.table", "proof.receipts");
        properties.putIfAbsent("statement.timeout.ms", "10000");
        return new ExecutorConfig(new JdbcPlugin(), properties);
    }

    String url() {
        return url;
    }

    static Dataset.Builder customers() {
        return Dataset.newBuilder()
                .setName("customers")
                .setLocation("shop.customers")
                .setLocator(new Locator("email", "email", List.of()))
                .setFields(List.of(
                        new Field("id", "reference", Transformation.KEEP),
                        new Field("email", "contact", Transformation.PSEUDONYMIZE),
                        new Field("name", "contact", Transformation.REDACT),
                        new Field("born", "demographic", Transformation.GENERALIZE),
                        new Field("spent", "financial", Transformation.GENERALIZE),
                        new Field("profile", "demographic", Transformation.REDACT)));
    }

    static Dataset.Builder orders() {
        return Dataset.newBuilder()
                .setName("orders")
                .setLocation("shop.orders")
                .setLocator(
                        new Locator("email", "email", List.of(new ForeignKey("customer_id", "shop.customers", "id"))))
                .setFields(List.of(new Field("placed", "purchases", Transformation.GENERALIZE)));
    }

    static Dataset.Builder orderLines() {
        return Dataset.newBuilder()
                .setName("order_lines")
                .setLocation("shop.order_lines")
                .setLocator(new Locator(
                        "email",
                        "email",
                        List.of(
                                new ForeignKey("order_id", "shop.orders", "id"),
                                new ForeignKey("customer_id", "shop.customers", "id"))))
                .setFields(List.of(new Field("gift_note", "correspondence", Transformation.REDACT)));
    }

    static Dataset.Builder invoices() {
        return Dataset.newBuilder()
                .setName("invoices")
                .setLocation("shop.invoices")
                .setLocator(
                        new Locator("email", "email", List.of(new ForeignKey("customer_id", "shop.customers", "id"))))
                .setFields(List.of(new Field("amount", "financial", Transformation.REDACT)))
                .setOnDelete(Disposal.RETAIN)
                .setLegalGround("HGB § 257");
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
