package io.quittance.executor.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.quittance.executor.TaskFailure;
import io.quittance.harness.PostgresProcess;
import io.quittance.harness.junit.WithHarness;
import io.quittance.schema.Action;
import io.quittance.schema.Dataset;
import io.quittance.schema.DatasetOutcome;
import io.quittance.schema.Disposition;
import io.quittance.schema.Locator;
import io.quittance.schema.Task;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Identifiers that were not written with kind intentions, or just by people with other scripts. */
@WithHarness
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IdentifierIT {
    private final Shop shop;
    private final JdbcSystem system;

    IdentifierIT(PostgresProcess postgres) throws SQLException {
        this.shop = new Shop(postgres, "identifier_it");
        this.system = shop.open(new MemoryExportStore(), Given.CLOCK);
    }

    @BeforeEach
    void aShopWithOneBystander() throws SQLException {
        shop.rebuild();
        shop.addCustomer(2, "ben@example.org");
    }

    @AfterAll
    void close() throws SQLException {
        system.close();
        shop.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'; DROP TABLE shop.customers; --",
                "' OR '1'='1",
                "\\'; DELETE FROM shop.customers; --",
                "%",
                "{a,b}\"\\",
                "NULL",
                "👩‍👩‍👧‍👦@example.org",
                "שלום@example.org",
                "\u202Eevil@example.org",
                "a\nb\tc"
            })
    void anyTextFindsExactlyItself(String email) throws Exception {
        shop.addCustomer(1, email);
        Task task = Given.task(Action.DELETE, email, Shop.customers().build()).build();

        assertThat(system.execute(Given.work(task)))
                .extracting(DatasetOutcome::getDisposition, DatasetOutcome::getAffected)
                .containsExactly(tuple(Disposition.ERASED, 1L));
        assertThat(shop.column("SELECT id FROM shop.customers")).containsExactly("2");
    }

    @Test
    void aMegabyteIsSimplyNotFound() throws Exception {
        Task task = Given.task(
                        Action.DELETE, "x".repeat(1_000_000), Shop.customers().build())
                .build();

        assertThat(system.execute(Given.work(task)))
                .extracting(DatasetOutcome::getDisposition)
                .containsExactly(Disposition.NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ben\0@example.org", "", "  ", "\uD83D alone"})
    void textThatCannotBeAValueIsRefused(String email) {
        assertBad(email, Shop.customers().build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "1 OR 1=1", "02", "2.0", "9223372036854775808", " 2", "٢"})
    void whatIsNotANumberIsRefusedWhereTheColumnHoldsNumbers(String id) throws Exception {
        assertBad(
                id,
                Shop.customers()
                        .setLocator(new Locator("email", "id", List.of()))
                        .build());
        assertThat(shop.count("shop.customers")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"not-a-uuid", "00000000-0000-0000-0000-00000000000g"})
    void whatIsNotAUuidIsRefusedWhereTheColumnHoldsThem(String id) {
        assertBad(
                id,
                Shop.orders().setLocator(new Locator("email", "id", List.of())).build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0020", "-020", "1e1", " 20"})
    void whatIsWrittenAsAnotherIdentifierThanTheDecimalIsRefused(String number) throws Exception {
        shop.run("UPDATE shop.customers SET spent = 20");

        assertBad(
                number,
                Shop.customers()
                        .setLocator(new Locator("email", "spent", List.of()))
                        .build());
        assertThat(shop.count("shop.customers")).isEqualTo(1);
    }

    @Test
    void aNumberFindsItsRow() throws Exception {
        Task task = Given.task(
                        Action.DELETE,
                        "2",
                        Shop.customers()
                                .setLocator(new Locator("email", "id", List.of()))
                                .build())
                .build();

        assertThat(system.execute(Given.work(task)))
                .extracting(DatasetOutcome::getDisposition)
                .containsExactly(Disposition.ERASED);
    }

    @Test
    void thePseudonymItselfCanBeTheIdentifier() throws Exception {
        shop.addCustomer(1, "subject-1");
        Task task = Given.task(
                        Action.DELETE,
                        "unused",
                        Shop.customers()
                                .setLocator(new Locator("subject_id", "email", List.of()))
                                .build())
                .build();

        assertThat(system.execute(Given.work(task)))
                .extracting(DatasetOutcome::getDisposition)
                .containsExactly(Disposition.ERASED);
    }

    private void assertBad(String identifier, Dataset dataset) {
        Task task = Given.task(Action.DELETE, identifier, dataset).build();
        assertThatThrownBy(() -> system.execute(Given.work(task)))
                .isInstanceOfSatisfying(TaskFailure.class, failure -> {
                    assertThat(failure.code()).isEqualTo("BAD_IDENTIFIER");
                    assertThat(failure.kind()).isEqualTo(TaskFailure.Kind.REFUSED);
                });
    }
}
