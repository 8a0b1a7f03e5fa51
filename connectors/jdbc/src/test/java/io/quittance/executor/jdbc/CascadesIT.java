package io.quittance.executor.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quittance.executor.TaskFailure;
import io.quittance.harness.PostgresProcess;
import io.quittance.harness.junit.WithHarness;
import io.quittance.schema.Action;
import io.quittance.schema.Dataset;
import io.quittance.schema.DatasetOutcome;
import io.quittance.schema.Disposal;
import io.quittance.schema.Disposition;
import io.quittance.schema.ForeignKey;
import io.quittance.schema.Locator;
import io.quittance.schema.Task;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a real PostgreSQL would take along with what is erased. Anna is customer 1, Ben is customer 2. */
@WithHarness
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CascadesIT {
    private static final String ANNA = "anna@example.org";

    private final Shop shop;
    private final JdbcSystem system;

    CascadesIT(PostgresProcess postgres) throws SQLException {
        this.shop = new Shop(postgres, "cascades_it");
        this.system = shop.open(new MemoryExportStore(), Given.CLOCK);
    }

    @BeforeEach
    void aShopWithTwoCustomers() throws SQLException {
        shop.rebuild();
        shop.addCustomerWithOrders(1, ANNA);
        shop.addCustomerWithOrders(2, "ben@example.org");
        shop.run("DELETE FROM shop.invoices");
    }

    @AfterAll
    void close() throws SQLException {
        system.close();
        shop.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"CASCADE", "SET NULL", "SET DEFAULT"})
    void rowsOfATableThatThePlanDoesNotNameAreNeitherDeletedNorChanged(String onDelete) throws Exception {
        notes("REFERENCES shop.customers ON DELETE " + onDelete);
        shop.run("INSERT INTO shop.notes VALUES (1, 1), (2, 2)");

        assertNothingIsChanged(wholeCustomer(), "shop.notes");
        assertThat(shop.column("SELECT customer_id FROM shop.notes ORDER BY id"))
                .containsExactly("1", "2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CASCADE", "SET NULL", "SET DEFAULT"})
    void aTableThatHasRowsOfOthersOnlyIsNoObstacle(String onDelete) throws Exception {
        notes("REFERENCES shop.customers ON DELETE " + onDelete);
        shop.run("INSERT INTO shop.notes VALUES (2, 2), (3, NULL)");

        assertErased(wholeCustomer());
        assertThat(shop.column("SELECT customer_id FROM shop.notes ORDER BY id"))
                .containsExactly("2", null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CASCADE", "SET NULL"})
    void aTableOfThePlanIsErasedBeforeItCouldBeReached(String onDelete) throws Exception {
        notes("REFERENCES shop.customers ON DELETE " + onDelete);
        shop.run("INSERT INTO shop.notes VALUES (1, 1), (2, 2)");

        assertErased(wholeCustomer(notesDataset().build()));
        assertThat(shop.column("SELECT id FROM shop.notes")).containsExactly("2");
    }

    @Test
    void rowsOfATableOfThePlanThatItsOwnLocatorDoesNotFindAreNotTakenAlong() throws Exception {
        notes("REFERENCES shop.customers ON DELETE CASCADE");
        shop.run("ALTER TABLE shop.notes ADD written_by text");
        shop.run("INSERT INTO shop.notes VALUES (1, 1, ?), (2, 1, 'somebody@example.org')", ANNA);
        Dataset byWriter = notesDataset()
                .setLocator(new Locator("email", "written_by", List.of()))
                .build();

        assertNothingIsChanged(wholeCustomer(byWriter), "shop.notes");
        assertThat(shop.count("shop.notes")).isEqualTo(2);
    }

    @Test
    void rowsThatAreToBeAnonymizedAreNotDeletedInstead() throws Exception {
        notes("REFERENCES shop.customers ON DELETE CASCADE");
        shop.run("INSERT INTO shop.notes VALUES (1, 1)");

        assertNothingIsChanged(
                wholeCustomer(notesDataset().setOnDelete(Disposal.ANONYMIZE).build()), "shop.notes");
    }

    @Test
    void aCascadeFromATableBelowIsSeen() throws Exception {
        shop.run("CREATE TABLE shop.parcels (id bigint PRIMARY KEY, order_id uuid REFERENCES shop.orders"
                + " ON DELETE CASCADE)");
        shop.run("INSERT INTO shop.parcels SELECT 1, id FROM shop.orders WHERE customer_id = 1 LIMIT 1");

        assertNothingIsChanged(wholeCustomer(), "shop.parcels");
    }

    @Test
    void ofTwoLevelsTheOneThatIsReachedFirstIsNamed() throws Exception {
        notes("REFERENCES shop.customers ON DELETE CASCADE");
        shop.run("CREATE TABLE shop.note_files (note_id bigint REFERENCES shop.notes ON DELETE CASCADE)");
        shop.run("INSERT INTO shop.notes VALUES (1, 1), (2, 2)");
        shop.run("INSERT INTO shop.note_files VALUES (1), (2)");

        assertNothingIsChanged(wholeCustomer(), "shop.notes");
        assertNothingIsChanged(wholeCustomer(notesDataset().build()), "shop.note_files");
        assertThat(shop.count("shop.note_files")).isEqualTo(2);
    }

    @Test
    void twoLevelsWithRowsOfOthersOnlyAreNoObstacle() throws Exception {
        notes("REFERENCES shop.customers ON DELETE CASCADE");
        shop.run("CREATE TABLE shop.note_files (note_id bigint REFERENCES shop.notes ON DELETE CASCADE)");
        shop.run("INSERT INTO shop.notes VALUES (2, 2)");
        shop.run("INSERT INTO shop.note_files VALUES (2)");

        assertErased(wholeCustomer());
        assertThat(shop.count("shop.note_files")).isEqualTo(1);
    }

    @Test
    void ofACompositeKeyAllColumnsHaveToMatch() throws Exception {
        shop.run("ALTER TABLE shop.orders ADD number int, ADD \"In Year\" smallint");
        shop.run("UPDATE shop.orders SET number = customer_id * 10 + 3, \"In Year\" = 24");
        shop.run("DELETE FROM shop.order_lines");
        shop.run("DELETE FROM shop.orders WHERE id::text LIKE '%-0002-%'");
        shop.run("ALTER TABLE shop.orders ADD UNIQUE (number, \"In Year\")");
        shop.run("CREATE TABLE shop.parcels (year bigint, \"order\" int, FOREIGN KEY (\"order\", year)"
                + " REFERENCES shop.orders (number, \"In Year\") ON DELETE CASCADE)");
        shop.run("INSERT INTO shop.parcels VALUES (24, 23), (NULL, 13)");

        assertErased(delete(Shop.orders().build()));
        assertThat(shop.count("shop.parcels")).isEqualTo(2);
        assertNothingIsChanged(
                Given.task(Action.DELETE, "ben@example.org", Shop.orders().build())
                        .build(),
                "shop.parcels");
    }

    @Test
    void rowsOfOthersInTheSameTableAreNotTakenAlong() throws Exception {
        shop.run("ALTER TABLE shop.customers ADD invited_by bigint REFERENCES shop.customers ON DELETE CASCADE");
        shop.run("UPDATE shop.customers SET invited_by = 1 WHERE id = 2");
        shop.run("DELETE FROM shop.order_lines");
        shop.run("DELETE FROM shop.orders WHERE customer_id = 2");

        assertNothingIsChanged(delete(Shop.customers().build(), Shop.orders().build()), "shop.customers");
        assertThat(shop.count("shop.customers")).isEqualTo(2);
    }

    @Test
    void ownRowsInTheSameTableAreErased() throws Exception {
        shop.run("ALTER TABLE shop.customers ADD invited_by bigint REFERENCES shop.customers ON DELETE CASCADE");
        shop.addCustomer(3, ANNA);
        shop.run("UPDATE shop.customers SET invited_by = 1 WHERE id = 3");

        assertErased(wholeCustomer());
        assertThat(shop.column("SELECT id FROM shop.customers")).containsExactly("2");
    }

    @Test
    void aPartitionOfATableOfThePlanIsNoTableBesideIt() throws Exception {
        shop.run("CREATE TABLE shop.notes (id bigint, customer_id bigint REFERENCES shop.customers ON DELETE CASCADE)"
                + " PARTITION BY LIST (id)");
        shop.run("CREATE TABLE shop.notes_1 PARTITION OF shop.notes FOR VALUES IN (1)");
        shop.run("CREATE TABLE shop.notes_2 PARTITION OF shop.notes FOR VALUES IN (2)");
        shop.run("ALTER TABLE shop.notes_2 ADD FOREIGN KEY (customer_id) REFERENCES shop.customers"
                + " ON DELETE SET NULL");
        shop.run("INSERT INTO shop.notes VALUES (1, 1), (2, 1), (1, 2)");

        assertNothingIsChanged(wholeCustomer(), "shop.notes");
        assertErased(wholeCustomer(notesDataset().build()));
        assertThat(shop.column("SELECT customer_id FROM shop.notes")).containsExactly("2");
    }

    @Test
    void whatRefersToAPartitionOrToTheWholeOfItIsSeenFromEither() throws Exception {
        shop.run("CREATE TABLE shop.notes (id bigint PRIMARY KEY, email text) PARTITION BY RANGE (id)");
        shop.run("CREATE TABLE shop.notes_low PARTITION OF shop.notes FOR VALUES FROM (0) TO (10)");
        shop.run("CREATE TABLE shop.of_part (note_id bigint REFERENCES shop.notes_low ON DELETE CASCADE)");
        shop.run("CREATE TABLE shop.of_whole (note_id bigint REFERENCES shop.notes ON DELETE CASCADE)");
        shop.run("INSERT INTO shop.notes VALUES (1, ?)", ANNA);
        Dataset.Builder notes = notesDataset().setLocator(new Locator("email", "email", List.of()));

        shop.run("INSERT INTO shop.of_part VALUES (1)");
        assertNothingIsChanged(delete(notes.build()), "shop.of_part");
        assertNothingIsChanged(delete(notes.setLocation("shop.notes_low").build()), "shop.of_part");
        shop.run("DELETE FROM shop.of_part");
        shop.run("INSERT INTO shop.of_whole VALUES (1)");
        assertNothingIsChanged(delete(notes.build()), "shop.of_whole");
        assertNothingIsChanged(delete(notes.setLocation("shop.notes").build()), "shop.of_whole");
        shop.run("DELETE FROM shop.of_whole");
        assertErased(delete(notes.build()));
    }

    @Test
    void aTableThatTheRoleMayNotReadIsNamed() throws Exception {
        notes("REFERENCES shop.customers ON DELETE CASCADE");
        // Everything belongs to the one role that there is; it can still take a right away from itself.
        shop.run("REVOKE SELECT ON shop.notes FROM CURRENT_USER");

        assertThatThrownBy(() -> system.execute(Given.work(wholeCustomer())))
                .isInstanceOfSatisfying(TaskFailure.class, failure -> {
                    assertThat(failure.code()).isEqualTo("PERMISSION_DENIED");
                    assertThat(failure.kind()).isEqualTo(TaskFailure.Kind.FAILED);
                    assertThat(failure.detail()).contains("shop.notes", "customers");
                });
    }

    @Test
    void anonymizingDeletesNothingAndSoReachesNothing() throws Exception {
        notes("REFERENCES shop.customers ON DELETE CASCADE");
        shop.run("INSERT INTO shop.notes VALUES (1, 1)");

        assertThat(system.execute(Given.work(
                        Given.task(Action.ANONYMIZE, ANNA, Shop.customers().build())
                                .build())))
                .extracting(DatasetOutcome::getDisposition)
                .containsExactly(Disposition.ANONYMIZED);
        assertThat(shop.count("shop.notes")).isEqualTo(1);
    }

    private void notes(String reference) throws SQLException {
        shop.run("CREATE TABLE shop.notes (id bigint PRIMARY KEY, customer_id bigint " + reference + ")");
    }

    private static Dataset.Builder notesDataset() {
        return Dataset.newBuilder()
                .setName("notes")
                .setLocation("shop.notes")
                .setLocator(
                        new Locator("email", "email", List.of(new ForeignKey("customer_id", "shop.customers", "id"))))
                .setFields(List.of());
    }

    private static Task wholeCustomer(Dataset... more) {
        return delete(Stream.concat(
                        Stream.of(
                                Shop.customers().build(),
                                Shop.orders().build(),
                                Shop.orderLines().build()),
                        Stream.of(more))
                .toArray(Dataset[]::new));
    }

    private static Task delete(Dataset... datasets) {
        return Given.task(Action.DELETE, ANNA, datasets).build();
    }

    private void assertErased(Task task) throws Exception {
        assertThat(system.execute(Given.work(task)))
                .allSatisfy(outcome -> assertThat(outcome.getDisposition()).isEqualTo(Disposition.ERASED));
    }

    private void assertNothingIsChanged(Task task, String table) throws SQLException {
        Map<String, Long> before = counts();
        assertThatThrownBy(() -> system.execute(Given.work(task)))
                .isInstanceOfSatisfying(TaskFailure.class, failure -> {
                    assertThat(failure.code()).as(failure.detail()).isEqualTo("CASCADES_BEYOND_PLAN");
                    assertThat(failure.kind()).isEqualTo(TaskFailure.Kind.FAILED);
                    assertThat(failure.detail())
                            .contains("table " + table + " ")
                            .doesNotContain(ANNA);
                });
        assertThat(counts()).isEqualTo(before);
    }

    private Map<String, Long> counts() throws SQLException {
        return Map.of(
                "customers", shop.count("shop.customers"),
                "orders", shop.count("shop.orders"),
                "order_lines", shop.count("shop.order_lines"));
    }
}
