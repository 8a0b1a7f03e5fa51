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
import org.junit.jupiter.params.provider.CsvSource;
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

    @ParameterizedTest
    @CsvSource({
        "inet, 192.168.1.5, 192.168.1.50, 192.168.1.5",
        "inet, 2001:db8::1, 2001:db8::2, 2001:0DB8:0:0::1",
        "cidr, 10.1.0.0/16, 10.1.0.0/24, 10.1.0.0/16",
        "macaddr, 08:00:2b:01:02:03, 08:00:2b:01:02:04, 08-00-2B-01-02-03",
        "bit varying, 101, 10, 101",
        "real, 16777215, 16777216, 16777215",
        "double precision, 1000000000000000, 1000000000000001, 1000000000000000"
    })
    void anIdentifierIsReadAsTheTypeOfItsColumn(String type, String own, String others, String identifier)
            throws Exception {
        visitsBy(type);
        shop.run("INSERT INTO shop.visits VALUES (?::" + type + "), (?::" + type + ")", own, others);

        assertErasesOne(identifier);
    }

    @ParameterizedTest
    @CsvSource({"inet, not-an-ip", "macaddr, 08:00", "jsonb, abc"})
    void aTextThatTheColumnsTypeCannotReadFailsAndIsNotSimplyNotFound(String type, String text) throws Exception {
        visitsBy(type);

        assertEnds(text, visits(), "UNSUITABLE_VALUE", TaskFailure.Kind.FAILED);
    }

    @ParameterizedTest
    @CsvSource({
        "real, 16777216",
        "real, 2.5",
        "real, 007",
        "double precision, 9007199254740992",
        "double precision, 1e1",
        "double precision, NaN"
    })
    void aNumberThatWouldBeRoundedIsRefused(String type, String number) throws Exception {
        visitsBy(type);

        assertBad(number, visits());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "boolean",
                "money",
                "bit(8)",
                "\"char\"",
                "date",
                "time",
                "timetz",
                "timestamp",
                "timestamptz",
                "interval",
                "point",
                "line",
                "lseg",
                "box",
                "path",
                "polygon",
                "circle"
            })
    void aColumnInWhichATextMayMeanSeveralValuesIsNotSearched(String type) throws Exception {
        visitsBy(type);

        assertEnds("1", visits(), "UNMAPPED_DATASET", TaskFailure.Kind.FAILED);
    }

    @Test
    void aColumnOfADomainOverADomainHasTheTypeBelowBoth() throws Exception {
        shop.run("CREATE DOMAIN shop.number AS bigint");
        shop.run("CREATE DOMAIN shop.visitor_number AS shop.number CHECK (VALUE > 0)");
        visitsBy("shop.visitor_number");
        shop.run("INSERT INTO shop.visits VALUES (2), (20)");

        assertBad("02", visits());
        assertErasesOne("2");
    }

    private void visitsBy(String type) throws SQLException {
        shop.run("CREATE TABLE shop.visits (visitor " + type + ")");
    }

    private static Dataset visits() {
        return Dataset.newBuilder()
                .setName("visits")
                .setLocation("shop.visits")
                .setLocator(new Locator("email", "visitor", List.of()))
                .setFields(List.of())
                .build();
    }

    /** Of two rows. */
    private void assertErasesOne(String identifier) throws Exception {
        assertThat(system.execute(Given.work(
                        Given.task(Action.DELETE, identifier, visits()).build())))
                .extracting(DatasetOutcome::getDisposition, DatasetOutcome::getAffected)
                .containsExactly(tuple(Disposition.ERASED, 1L));
        assertThat(shop.count("shop.visits")).isEqualTo(1);
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
        assertEnds(identifier, dataset, "BAD_IDENTIFIER", TaskFailure.Kind.REFUSED);
    }

    private void assertEnds(String identifier, Dataset dataset, String code, TaskFailure.Kind kind) {
        Task task = Given.task(Action.DELETE, identifier, dataset).build();
        assertThatThrownBy(() -> system.execute(Given.work(task)))
                .isInstanceOfSatisfying(TaskFailure.class, failure -> {
                    assertThat(failure.code()).as(failure.detail()).isEqualTo(code);
                    assertThat(failure.kind()).isEqualTo(kind);
                });
    }
}
