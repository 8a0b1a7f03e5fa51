package io.quittance.quickstart.shop;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The shop in PostgreSQL: schema {@code shop}, as {@code schema.sql} beside this class describes it. */
public final class ShopDatabase {
    private ShopDatabase() {}

    /** Whether the schema is there, from an earlier run over kept data. */
    public static boolean isLoaded(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                var schemas = statement.executeQuery("select from pg_namespace where nspname = 'shop'")) {
            return schemas.next();
        }
    }

    /** Ids of the customers who are still there. */
    public static Set<String> customerIds(Connection connection) throws SQLException {
        Set<String> ids = new HashSet<>();
        try (Statement statement = connection.createStatement();
                var rows = statement.executeQuery("select customer_id from shop.customers")) {
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
        }
        return ids;
    }

    /**
     * Makes the schema and fills it, all or nothing.
     *
     * @param connection of a user who may create schemas; in auto-commit mode before and after
     * @throws SQLException also when the schema is there already
     */
    public static void load(Connection connection, Shop shop) throws SQLException {
        connection.setAutoCommit(false);
        try {
            execute(connection, schema());
            for (CopyTable<?> table : tables(shop)) {
                table.load(connection);
            }
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
        execute(connection, "analyze");
    }

    /** Parents before children. */
    private static List<CopyTable<?>> tables(Shop shop) {
        return List.of(
                new CopyTable<>("customers", shop.customers(), row -> new Object[] {
                    row.customerId(),
                    row.subjectId(),
                    row.firstName(),
                    row.lastName(),
                    row.email(),
                    row.phone(),
                    row.dateOfBirth(),
                    row.preferredLanguage(),
                    row.loyaltyPoints(),
                    row.registeredAt()
                }),
                new CopyTable<>("addresses", shop.addresses(), row -> new Object[] {
                    row.addressId(),
                    row.customerId(),
                    row.kind(),
                    row.recipient(),
                    row.street(),
                    row.postalCode(),
                    row.city(),
                    row.country()
                }),
                new CopyTable<>("products", shop.products(), row ->
                        new Object[] {row.productId(), row.name(), row.department(), row.priceCents()}),
                new CopyTable<>("orders", shop.orders(), row -> new Object[] {
                    row.orderId(),
                    row.customerId(),
                    row.shippingAddressId(),
                    row.placedAt(),
                    row.status(),
                    row.currency(),
                    row.totalCents(),
                    row.deliveryNote()
                }),
                new CopyTable<>("order_lines", shop.orderLines(), row -> new Object[] {
                    row.orderId(),
                    row.lineNumber(),
                    row.productId(),
                    row.quantity(),
                    row.unitPriceCents(),
                    row.giftMessage()
                }),
                new CopyTable<>("payments", shop.payments(), row -> new Object[] {
                    row.paymentId(),
                    row.orderId(),
                    row.method(),
                    row.accountHolder(),
                    row.ibanToken(),
                    row.amountCents(),
                    row.currency(),
                    row.paidAt()
                }),
                new CopyTable<>("invoices", shop.invoices(), row -> new Object[] {
                    row.invoiceNumber(),
                    row.customerId(),
                    row.orderNumber(),
                    row.issuedOn(),
                    row.billingName(),
                    row.billingStreet(),
                    row.billingPostalCode(),
                    row.billingCity(),
                    row.billingCountry(),
                    row.netCents(),
                    row.vatCents(),
                    row.grossCents(),
                    row.currency()
                }),
                new CopyTable<>("support_tickets", shop.supportTickets(), row -> new Object[] {
                    row.ticketId(),
                    row.customerId(),
                    row.orderId(),
                    row.openedAt(),
                    row.channel(),
                    row.status(),
                    row.subject(),
                    row.message()
                }),
                new CopyTable<>("consents", shop.consents(), row -> new Object[] {
                    row.consentId(), row.customerId(), row.purpose(), row.granted(), row.recordedAt(), row.sourceIp()
                }));
    }

    private static String schema() {
        try (InputStream in = Objects.requireNonNull(ShopDatabase.class.getResourceAsStream("schema.sql"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
