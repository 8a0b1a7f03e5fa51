package io.quittance.quickstart.stack;

import io.quittance.quickstart.shop.Archive;
import io.quittance.quickstart.shop.ArchiveBucket;
import io.quittance.quickstart.shop.Shop;
import io.quittance.quickstart.shop.Shop.Customer;
import io.quittance.quickstart.shop.ShopDatabase;
import io.quittance.quickstart.shop.ShopGenerator;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The made-up shop, in the systems.
 *
 * @param shop as it was made up
 * @param customers those with something everywhere: a row and invoices in the database, documents in the archive
 */
record FilledShop(Shop shop, List<Customer> customers) {
    private static final long SEED = 20_261_121;
    private static final Instant DAY = Instant.parse("2026-11-01T00:00:00Z");
    private static final int CUSTOMERS = 3_000;
    private static final int CUSTOMERS_IN_ARCHIVE = 150;

    /** Fills database and archive, unless an earlier run over kept data has: what was erased then stays erased. */
    static FilledShop in(Servers servers) {
        Shop shop = ShopGenerator.generate(SEED, DAY, CUSTOMERS);
        servers.objectStore().createBucket(Executors.EXPORT_BUCKET);
        servers.objectStore().createBucket(Executors.ARCHIVE_BUCKET);
        try (Connection connection = servers.database().dataSource().getConnection()) {
            if (!ShopDatabase.isLoaded(connection)) {
                var documents = Archive.documents(shop, CUSTOMERS_IN_ARCHIVE);
                ArchiveBucket.load(servers.objectStore().client(), Executors.ARCHIVE_BUCKET, documents);
                ShopDatabase.load(connection, shop);
            }
            return new FilledShop(shop, stillWhole(shop, ShopDatabase.customerIds(connection)));
        } catch (SQLException e) {
            throw new IllegalStateException("the shop cannot be loaded", e);
        }
    }

    private static List<Customer> stillWhole(Shop shop, Set<String> present) {
        Set<String> invoiced =
                shop.invoices().stream().map(Shop.Invoice::customerId).collect(Collectors.toSet());
        return shop.customers().subList(0, CUSTOMERS_IN_ARCHIVE).stream()
                .filter(customer -> present.contains(customer.customerId()))
                .filter(customer -> invoiced.contains(customer.customerId()))
                .toList();
    }
}
