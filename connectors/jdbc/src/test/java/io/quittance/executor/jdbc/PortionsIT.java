package io.quittance.executor.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quittance.executor.TaskFailure;
import io.quittance.harness.PostgresProcess;
import io.quittance.harness.junit.WithHarness;
import io.quittance.schema.Action;
import io.quittance.schema.Dataset;
import io.quittance.schema.DatasetOutcome;
import io.quittance.schema.Task;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** How much of a real PostgreSQL's tables is held in memory. */
@WithHarness
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PortionsIT {
    private static final String ANNA = "anna@example.org";
    private static final Dataset LINES = Shop.orderLines().build();

    private final Shop shop;

    PortionsIT(PostgresProcess postgres) throws SQLException {
        this.shop = new Shop(postgres, "portions_it");
    }

    @BeforeEach
    void aShopWithACustomer() throws SQLException {
        shop.rebuild();
        shop.addCustomerWithOrders(1, ANNA);
    }

    @AfterAll
    void close() throws SQLException {
        shop.close();
    }

    @Test
    void smallRowsAreFetchedAsManyAtATimeAsConfigured() throws Exception {
        assertThat(fetchSize(new Portions(100, 10_000), "gift_note")).isEqualTo(100);
    }

    @Test
    void theLargestRowSaysHowManyThereMayBe() throws Exception {
        shop.run("UPDATE shop.order_lines SET gift_note = repeat('x', 1000) WHERE id = (SELECT max(id) FROM"
                + " shop.order_lines)");

        assertThat(fetchSize(new Portions(100, 10_000), "gift_note")).isEqualTo(10);
    }

    @Test
    void bytesAreCountedAsTheyAreSentAndNotAsTheyAreStored() throws Exception {
        shop.run("UPDATE shop.order_lines SET gift_note = repeat('é', 100000)");

        assertThat(fetchSize(new Portions(100, 1_000_000), "gift_note")).isEqualTo(5);
    }

    @Test
    void allColumnsThatAreReadCountAndBinaryOnesTwice() throws Exception {
        shop.run("ALTER TABLE shop.order_lines ADD scan bytea, ADD empty text");
        shop.run(
                "UPDATE shop.order_lines SET scan = convert_to(repeat('x', 400), 'UTF8'), gift_note = repeat('x', 200)");

        assertThat(fetchSize(new Portions(100, 10_000), "gift_note", "scan", "empty"))
                .isEqualTo(10);
    }

    @Test
    void noRowsAreNoObstacle() throws Exception {
        shop.run("DELETE FROM shop.order_lines");

        assertThat(fetchSize(new Portions(100, 10_000), "gift_note")).isEqualTo(100);
    }

    @Test
    void aRowThatMemoryIsNotMeantForFailsItsTask() throws Exception {
        shop.run("UPDATE shop.order_lines SET gift_note = repeat('x', 1100000)");
        MemoryExportStore store = new MemoryExportStore();
        Task export = Given.task(Action.EXPORT, ANNA, LINES).build();
        Task anonymize = Given.task(Action.ANONYMIZE, ANNA, LINES).build();
        try (JdbcSystem narrow = shop.open(store, Given.CLOCK, Map.of("fetch.bytes", "1048576"))) {
            assertRowTooLarge(() -> narrow.execute(Given.work(export)));
            assertRowTooLarge(() -> narrow.execute(Given.work(anonymize)));
        }
        assertThat(store.writes()).isEmpty();
        assertThat(shop.count("shop.order_lines WHERE gift_note LIKE 'x%'")).isEqualTo(4);

        try (JdbcSystem wide = shop.open(store, Given.CLOCK, Map.of("fetch.bytes", "2097152"))) {
            assertThat(wide.execute(Given.work(export)))
                    .extracting(DatasetOutcome::getAffected)
                    .containsExactly(4L);
        }
    }

    /** The driver is told to fail where more comes at a time than may. */
    @Test
    void largeRowsAreReadAFewAtATime() throws Exception {
        shop.run("UPDATE shop.order_lines SET gift_note = repeat('x', 300000)");
        Map<String, String> watched = Map.of(
                "connection.url",
                shop.url() + "?maxResultBuffer=1048576",
                "fetch.size",
                "1000",
                "fetch.bytes",
                "1048576");
        try (JdbcSystem system = shop.open(new MemoryExportStore(), Given.CLOCK, watched)) {
            for (Action action : List.of(Action.EXPORT, Action.ANONYMIZE)) {
                assertThat(system.execute(
                                Given.work(Given.task(action, ANNA, LINES).build())))
                        .extracting(DatasetOutcome::getAffected)
                        .containsExactly(4L);
            }
        }
    }

    private static void assertRowTooLarge(ThrowingCallable execution) {
        assertThatThrownBy(execution).isInstanceOfSatisfying(TaskFailure.class, failure -> {
            assertThat(failure.code()).isEqualTo("ROW_TOO_LARGE");
            assertThat(failure.kind()).isEqualTo(TaskFailure.Kind.FAILED);
        });
    }

    private int fetchSize(Portions portions, String... columns) throws Exception {
        try (Connection connection = shop.connect()) {
            Table table = new Catalog(connection).table(LINES, LINES.getLocation());
            Rows rows = new Rows(table, Catalog.column(LINES, table, "order_id"), orders());
            List<Column> read =
                    Stream.of(columns).map(name -> table.columns().get(name)).toList();
            return portions.fetchSize(connection, new Located(LINES, rows), read);
        }
    }

    private Set<String> orders() throws SQLException {
        return Set.copyOf(shop.column("SELECT id FROM shop.orders"));
    }
}
