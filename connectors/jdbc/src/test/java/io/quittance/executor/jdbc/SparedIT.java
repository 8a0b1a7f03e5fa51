package io.quittance.executor.jdbc;

import static io.quittance.executor.jdbc.Failing.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.quittance.executor.Work;
import io.quittance.harness.PostgresProcess;
import io.quittance.harness.junit.WithHarness;
import io.quittance.schema.Action;
import io.quittance.schema.Dataset;
import io.quittance.schema.DatasetOutcome;
import io.quittance.schema.Disposition;
import io.quittance.schema.Field;
import io.quittance.schema.Locator;
import io.quittance.schema.Task;
import io.quittance.schema.Transformation;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows that a task leaves alone and one of its datasets finds, on a real PostgreSQL. */
@WithHarness
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SparedIT {
    private static final String ANNA = "anna@example.org";
    private static final String BEN = "ben@example.org";

    private final Shop shop;
    private final JdbcSystem system;

    SparedIT(PostgresProcess postgres) throws SQLException {
        this.shop = new Shop(postgres, "spared_it");
        this.system = shop.open(new MemoryExportStore(), Given.CLOCK);
    }

    @BeforeEach
    void aShopWithTwoCustomers() throws SQLException {
        shop.rebuild();
        shop.addCustomerWithOrders(1, ANNA);
        shop.addCustomerWithOrders(2, BEN);
    }

    @AfterAll
    void close() throws SQLException {
        system.close();
        shop.close();
    }

    @Test
    void rowsThatAreAlsoThoseOfADatasetThatWasLeftOutAreNotErased() throws Exception {
        Task task = delete(Shop.orderLines());
        task.setSpared(List.of(Shop.orderLines().setName("the-same").build()));

        assertFails(() -> system.execute(Given.work(task)), "GRANT_TOO_NARROW");
        assertThat(shop.count("shop.order_lines")).isEqualTo(8);
    }

    @ParameterizedTest
    @CsvSource({"shop.notes, shop.notes_old", "shop.notes_old, shop.notes"})
    void rowsOfAPartitionAreAlsoThoseOfTheWholeAndNotErasedWhereEitherWasLeftOut(String erased, String spared)
            throws Exception {
        Notes.create(shop);
        shop.run("INSERT INTO shop.notes VALUES (1, ?), (1, ?)", ANNA, BEN);
        Task task = delete(Notes.at(erased));
        task.setSpared(List.of(Notes.at(spared).setName("spared").build()));

        assertFails(() -> system.execute(Given.work(task)), "GRANT_TOO_NARROW");
        assertThat(shop.count("shop.notes")).isEqualTo(2);
    }

    @Test
    void rowsOfATableThatInheritsFromTwoAreThoseOfBoth() throws Exception {
        shop.run("CREATE TABLE shop.notes (email text)");
        shop.run("CREATE TABLE shop.letters (email text)");
        shop.run("CREATE TABLE shop.written () INHERITS (shop.notes, shop.letters)");
        shop.run("INSERT INTO shop.written VALUES (?)", ANNA);
        Task task = delete(Notes.at("shop.notes"));
        task.setSpared(List.of(Notes.at("shop.letters").setName("letters").build()));

        assertFails(() -> system.execute(Given.work(task)), "GRANT_TOO_NARROW");
        assertThat(shop.count("shop.written")).isEqualTo(1);
    }

    @Test
    void rowsOfOtherPartitionsThanTheOneThatWasLeftOutAreErased() throws Exception {
        Notes.create(shop);
        shop.run("INSERT INTO shop.notes VALUES (11, ?), (1, ?)", ANNA, BEN);
        Task task = delete(Notes.at("shop.notes"));
        task.setSpared(List.of(Notes.at("shop.notes_old").setName("old notes").build()));

        assertThat(system.execute(Given.work(task)))
                .extracting(DatasetOutcome::getDisposition, DatasetOutcome::getAffected)
                .containsExactly(tuple(Disposition.ERASED, 1L));
        assertThat(shop.column("SELECT email FROM shop.notes")).containsExactly(BEN);
    }

    @ParameterizedTest
    @CsvSource({"note, false", "another, true"})
    void columnsThatADatasetThatWasLeftOutDescribesAreNotOverwrittenInItsRows(String described, boolean done)
            throws Exception {
        Notes.create(shop);
        shop.run("ALTER TABLE shop.notes ADD COLUMN note text, ADD COLUMN another text");
        shop.run("INSERT INTO shop.notes VALUES (1, ?, 'one', 'other')", ANNA);
        Task task =
                Given.task(Action.ANONYMIZE, ANNA, Notes.redacted("shop.notes")).build();
        task.setSpared(List.of(Notes.at("shop.notes_old")
                .setName("old notes")
                .setFields(List.of(new Field(described, "health", Transformation.REDACT)))
                .build()));

        if (done) {
            system.execute(Given.work(task));
        } else {
            assertFails(() -> system.execute(Given.work(task)), "GRANT_TOO_NARROW");
        }
        assertThat(shop.column("SELECT note FROM shop.notes").contains("one")).isEqualTo(!done);
        assertThat(shop.column("SELECT another FROM shop.notes")).containsExactly("other");
    }

    @Test
    void rowsOfAViewThatIsMappedTwiceAreNotErasedWhereOneWasLeftOut() throws Exception {
        shop.run("CREATE VIEW shop.lines AS SELECT * FROM shop.order_lines");
        Task task = delete(Shop.orderLines().setLocation("shop.lines"));
        task.setSpared(List.of(
                Shop.orderLines().setLocation("shop.lines").setName("the-same").build()));

        assertFails(() -> system.execute(Given.work(task)), "GRANT_TOO_NARROW");
    }

    @Test
    void otherRowsOfTheTableMayBeThoseOfADatasetThatWasLeftOut() throws Exception {
        Task task = delete(Shop.orderLines());
        task.setSpared(List.of(Shop.orderLines()
                .setName("nobodys")
                .setLocator(Locator.newBuilder(Shop.orderLines().build().getLocator())
                        .setIdentifier(Work.SUBJECT_ID)
                        .build())
                .build()));

        assertThat(system.execute(Given.work(task)))
                .extracting(DatasetOutcome::getDisposition)
                .containsExactly(Disposition.ERASED);
    }

    private static Task delete(Dataset.Builder... datasets) {
        return Given.delete(ANNA, datasets);
    }
}
