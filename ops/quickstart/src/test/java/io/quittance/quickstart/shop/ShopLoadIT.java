package io.quittance.quickstart.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quittance.harness.PostgresProcess;
import io.quittance.harness.S3Process;
import io.quittance.harness.junit.WithHarness;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.S3Object;

@WithHarness
class ShopLoadIT {
    private static final Shop SHOP = ShopGenerator.generate(1, Instant.parse("2026-11-20T12:00:00Z"), 3_000);

    @Test
    void everyRowArrivesAsItWasMade(PostgresProcess postgres) throws SQLException {
        postgres.createDatabase("shop_rows");
        try (var connection = postgres.connect("shop_rows")) {
            assertThat(ShopDatabase.isLoaded(connection)).isFalse();
            ShopDatabase.load(connection, SHOP);

            assertThat(ShopDatabase.isLoaded(connection)).isTrue();
            assertThat(counts(connection))
                    .isEqualTo(Map.of(
                            "customers", SHOP.customers().size(),
                            "addresses", SHOP.addresses().size(),
                            "products", SHOP.products().size(),
                            "orders", SHOP.orders().size(),
                            "order_lines", SHOP.orderLines().size(),
                            "payments", SHOP.payments().size(),
                            "invoices", SHOP.invoices().size(),
                            "support_tickets", SHOP.supportTickets().size(),
                            "consents", SHOP.consents().size()));
            assertThat(strings(connection, "select message from shop.support_tickets order by ticket_id"))
                    .containsExactlyElementsOf(SHOP.supportTickets().stream()
                            .map(Shop.SupportTicket::message)
                            .toList());
        }
    }

    @Test
    void aCustomerGoesOnlyAfterAllThatHangsOnThemAndInvoicesStay(PostgresProcess postgres) throws SQLException {
        postgres.createDatabase("shop_references");
        String customer = SHOP.supportTickets().stream()
                .filter(ticket -> ticket.orderId() != null)
                .map(Shop.SupportTicket::customerId)
                .findFirst()
                .orElseThrow();
        try (var connection = postgres.connect("shop_references")) {
            ShopDatabase.load(connection, SHOP);
            assertThatThrownBy(() -> delete(connection, "customers where customer_id = ?", customer))
                    .isInstanceOf(SQLException.class);

            String orders = "where order_id in (select order_id from shop.orders where customer_id = ?)";
            delete(connection, "support_tickets where customer_id = ?", customer);
            delete(connection, "payments " + orders, customer);
            delete(connection, "order_lines " + orders, customer);
            delete(connection, "orders where customer_id = ?", customer);
            delete(connection, "addresses where customer_id = ?", customer);
            delete(connection, "consents where customer_id = ?", customer);

            assertThat(delete(connection, "customers where customer_id = ?", customer))
                    .isEqualTo(1);
            assertThat(counts(connection))
                    .containsEntry("invoices", SHOP.invoices().size());
        }
    }

    @Test
    void aLoadThatFailsLeavesNothing(PostgresProcess postgres) throws SQLException {
        postgres.createDatabase("shop_failing");
        var twice = new ArrayList<>(SHOP.customers());
        twice.add(SHOP.customers().get(0));
        var broken =
                new Shop(twice, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
        try (var connection = postgres.connect("shop_failing")) {
            assertThatThrownBy(() -> ShopDatabase.load(connection, broken)).isInstanceOf(SQLException.class);

            assertThat(ShopDatabase.isLoaded(connection)).isFalse();
        }
    }

    @Test
    void theArchiveHoldsTheDocumentsOfACustomerUnderOnePrefix(S3Process s3) {
        s3.createBucket("archive-load");
        var documents = Archive.documents(SHOP, 300);
        ArchiveBucket.load(s3.client(), "archive-load", documents);

        String prefix = Archive.prefix(SHOP.customers().get(1).customerId());
        assertThat(s3.client()
                        .listObjectsV2(request -> request.bucket("archive-load").prefix(prefix))
                        .contents())
                .extracting(S3Object::key)
                .containsExactlyInAnyOrderElementsOf(documents.stream()
                        .map(Archive.Document::key)
                        .filter(key -> key.startsWith(prefix))
                        .toList());
        var last = documents.get(documents.size() - 1);
        assertThat(s3.client()
                        .getObjectAsBytes(
                                request -> request.bucket("archive-load").key(last.key()))
                        .asUtf8String())
                .isEqualTo(last.body());
    }

    private static Map<String, Integer> counts(Connection connection) throws SQLException {
        var counts = new HashMap<String, Integer>();
        for (String table : strings(connection, "select tablename from pg_tables where schemaname = 'shop'")) {
            counts.put(
                    table,
                    Integer.valueOf(strings(connection, "select count(*) from shop." + table)
                            .get(0)));
        }
        return counts;
    }

    private static List<String> strings(Connection connection, String query) throws SQLException {
        var values = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    private static int delete(Connection connection, String rows, String customer) throws SQLException {
        try (var statement = connection.prepareStatement("delete from shop." + rows)) {
            statement.setString(1, customer);
            return statement.executeUpdate();
        }
    }
}
