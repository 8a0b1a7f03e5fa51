package io.quittance.executor.jdbc;

import static io.quittance.executor.jdbc.Failing.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.quittance.executor.TaskFailure;
import io.quittance.harness.PostgresProcess;
import io.quittance.harness.junit.WithHarness;
import io.quittance.schema.Action;
import io.quittance.schema.Dataset;
import io.quittance.schema.DatasetOutcome;
import io.quittance.schema.Disposal;
import io.quittance.schema.Disposition;
import io.quittance.schema.Field;
import io.quittance.schema.ForeignKey;
import io.quittance.schema.Locator;
import io.quittance.schema.Task;
import io.quittance.schema.Transformation;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** DELETE and ANONYMIZE on a real PostgreSQL. */
@WithHarness
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DisposalIT {
    private static final String ANNA = "anna@example.org";
    private static final String BEN = "ben@example.org";

    private final Shop shop;
    private final JdbcSystem system;

    DisposalIT(PostgresProcess postgres) throws SQLException {
        this.shop = new Shop(postgres, "disposal_it");
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
    void aDeleteErasesChildrenBeforeParentsAndNobodyElse() throws Exception {
        shop.run("DELETE FROM shop.invoices");
        Task task = delete(Shop.customers(), Shop.orders(), Shop.orderLines());

        assertThat(system.execute(Given.work(task)))
                .extracting(
                        DatasetOutcome::getDataset,
                        DatasetOutcome::getDisposition,
                        DatasetOutcome::getMatched,
                        DatasetOutcome::getAffected,
                        DatasetOutcome::getResidual)
                .containsExactly(
                        tuple("customers", Disposition.ERASED, 1L, 1L, 0L),
                        tuple("orders", Disposition.ERASED, 2L, 2L, 0L),
                        tuple("order_lines", Disposition.ERASED, 4L, 4L, 0L));
        assertThat(shop.column("SELECT email FROM shop.customers")).containsExactly(BEN);
        assertThat(shop.column("SELECT DISTINCT customer_id FROM shop.orders")).containsExactly("2");
        assertThat(shop.count("shop.order_lines")).isEqualTo(4);
    }

    @Test
    void aBlankReferenceLeadsToNobody() throws Exception {
        shop.run("ALTER TABLE shop.orders ADD ordered_by text NOT NULL DEFAULT ''");
        shop.run("UPDATE shop.customers SET name = '' WHERE id = 1");
        Dataset orders = Shop.orders()
                .setLocator(
                        new Locator("email", "email", List.of(new ForeignKey("ordered_by", "shop.customers", "name"))))
                .build();

        assertThat(system.execute(
                        Given.work(Given.task(Action.DELETE, ANNA, orders).build())))
                .extracting(DatasetOutcome::getDisposition)
                .containsExactly(Disposition.NOT_FOUND);
        assertThat(shop.count("shop.orders")).isEqualTo(4);
    }

    @Test
    void aParentOfRetainedRowsCannotBeErasedAndNothingIsHalfDone() throws Exception {
        Task task = delete(Shop.customers(), Shop.orders(), Shop.orderLines(), Shop.invoices());

        assertFails(() -> system.execute(Given.work(task)), "REFERENCED_BY_RETAINED");
        assertThat(shop.count("shop.customers")).isEqualTo(2);
        assertThat(shop.count("shop.order_lines")).isEqualTo(8);
        assertThat(system.earlierOutcomes(task)).isEmpty();
    }

    @Test
    void aParentOfRowsThatAreNotMappedCannotBeErased() {
        assertFails(() -> system.execute(Given.work(delete(Shop.customers()))), "REFERENCED");
    }

    @Test
    void aParentOfRetainedRowsCanBeAnonymized() throws Exception {
        Task task = delete(
                Shop.customers().setOnDelete(Disposal.ANONYMIZE), Shop.orders(), Shop.orderLines(), Shop.invoices());

        assertThat(system.execute(Given.work(task)))
                .extracting(
                        DatasetOutcome::getDisposition,
                        DatasetOutcome::getAffected,
                        DatasetOutcome::getResidual,
                        DatasetOutcome::getLegalGround)
                .containsExactly(
                        tuple(Disposition.ANONYMIZED, 1L, 0L, null),
                        tuple(Disposition.ERASED, 2L, 0L, null),
                        tuple(Disposition.ERASED, 4L, 0L, null),
                        tuple(Disposition.RETAINED, 0L, 1L, "HGB § 257"));
        assertThat(shop.count("shop.invoices")).isEqualTo(2);
    }

    @Test
    void aCascadeIntoRetainedRowsIsNoticedAndUndone() throws Exception {
        shop.run("ALTER TABLE shop.invoices DROP CONSTRAINT invoices_customer_id_fkey,"
                + " ADD FOREIGN KEY (customer_id) REFERENCES shop.customers ON DELETE CASCADE");
        Task task = delete(Shop.customers(), Shop.orders(), Shop.orderLines(), Shop.invoices());

        assertFails(() -> system.execute(Given.work(task)), "RETAINED_ROWS_LOST");
        assertThat(shop.count("shop.invoices")).isEqualTo(2);
        assertThat(shop.count("shop.customers")).isEqualTo(2);
    }

    @Test
    void rowsThatATriggerKeepsAreReportedAsResidualAndNothingIsClaimed() throws Exception {
        shop.run("CREATE FUNCTION shop.keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'");
        shop.run("CREATE TRIGGER keep BEFORE DELETE ON shop.orders FOR EACH ROW EXECUTE FUNCTION shop.keep()");
        Task task = delete(Shop.orders(), Shop.orderLines());

        assertThat(system.execute(Given.work(task)))
                .extracting(DatasetOutcome::getDisposition, DatasetOutcome::getAffected, DatasetOutcome::getResidual)
                .containsExactly(tuple(Disposition.FAILED, 0L, 2L), tuple(Disposition.FAILED, 0L, 4L));
        assertThat(shop.count("shop.order_lines")).isEqualTo(8);
        assertThat(system.earlierOutcomes(task)).isEmpty();
    }

    @Test
    void childrenThatAreLeftBehindAreFoundAlthoughTheirParentsAreGone() throws Exception {
        shop.run("ALTER TABLE shop.order_lines DROP CONSTRAINT order_lines_order_id_fkey");
        shop.run("CREATE FUNCTION shop.keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'");
        shop.run("CREATE TRIGGER keep BEFORE DELETE ON shop.order_lines FOR EACH ROW EXECUTE FUNCTION shop.keep()");

        assertThat(system.execute(Given.work(delete(Shop.orders(), Shop.orderLines()))))
                .extracting(DatasetOutcome::getDataset, DatasetOutcome::getResidual)
                .contains(tuple("order_lines", 4L));
        assertThat(shop.count("shop.orders")).isEqualTo(4);
    }

    @Test
    void aGrantThatEndsBeforeTheCommitUndoesEverything() throws Exception {
        Task task = delete(Shop.orderLines());

        assertFails(
                () -> system.execute(Given.work(task, () -> {
                    throw TaskFailure.refused("REVOKED", "revoked");
                })),
                "REVOKED");
        assertThat(shop.count("shop.order_lines")).isEqualTo(8);
        assertThat(system.earlierOutcomes(task)).isEmpty();
    }

    @Test
    void anAnonymizedRowKeepsItsPlaceAndLosesThePerson() throws Exception {
        Task task = Given.task(Action.ANONYMIZE, ANNA, Shop.customers().build()).build();

        assertThat(system.execute(Given.work(task)))
                .extracting(
                        DatasetOutcome::getDisposition,
                        DatasetOutcome::getMatched,
                        DatasetOutcome::getAffected,
                        DatasetOutcome::getResidual)
                .containsExactly(tuple(Disposition.ANONYMIZED, 1L, 1L, 0L));
        assertThat(shop.column("SELECT concat_ws('|', length(email), name, born, spent, profile, internal_note)"
                        + " FROM shop.customers WHERE id = 1"))
                .containsExactly("64||1984-01-01|1000.00|secret");
        assertThat(shop.column("SELECT name FROM shop.customers WHERE id = 2")).containsExactly("Name 2");
    }

    @Test
    void aValueThatIsCoarseAlreadyIsNoResidual() throws Exception {
        shop.run("UPDATE shop.customers SET spent = 1000, born = '1984-01-01', profile = NULL");
        Task task = Given.task(Action.ANONYMIZE, ANNA, Shop.customers().build()).build();

        assertThat(system.execute(Given.work(task)))
                .extracting(DatasetOutcome::getDisposition, DatasetOutcome::getResidual)
                .containsExactly(tuple(Disposition.ANONYMIZED, 0L));
    }

    @ParameterizedTest
    @CsvSource({
        "real, 0, 0",
        "real, 100, 100",
        "real, 0.01, 0.01",
        "real, 4711, 1000",
        "double precision, 0, 0",
        "double precision, 100, 100",
        "double precision, 0.047, 0.01"
    })
    void aNumberIsGeneralizedOrCoarseAlreadyWhateverItsPrecision(String type, String value, String coarse)
            throws Exception {
        shop.run("ALTER TABLE shop.customers ADD height " + type + " NOT NULL DEFAULT " + value);
        Dataset dataset = Shop.customers()
                .setFields(List.of(new Field("height", "demographic", Transformation.GENERALIZE)))
                .build();

        assertThat(system.execute(
                        Given.work(Given.task(Action.ANONYMIZE, ANNA, dataset).build())))
                .extracting(DatasetOutcome::getDisposition, DatasetOutcome::getAffected, DatasetOutcome::getResidual)
                .containsExactly(tuple(Disposition.ANONYMIZED, 1L, 0L));
        assertThat(shop.column("SELECT height::text FROM shop.customers WHERE id = 1"))
                .containsExactly(coarse);
    }

    @Test
    void rowsThatSomebodyElseHoldsAreLeftForAnotherAttempt() throws Exception {
        Task task = delete(Shop.orderLines());
        try (JdbcSystem hurried =
                        shop.open(new MemoryExportStore(), Given.CLOCK, Map.of("statement.timeout.ms", "200"));
                Connection other = shop.connect()) {
            other.setAutoCommit(false);
            other.createStatement().execute("SELECT * FROM shop.order_lines FOR UPDATE");

            assertThatThrownBy(() -> hurried.execute(Given.work(task)))
                    .isInstanceOfSatisfying(TaskFailure.class, failure -> {
                        assertThat(failure.code()).isEqualTo("DATABASE_TIMEOUT");
                        assertThat(failure.retryable()).isTrue();
                    });
        }
        assertThat(shop.count("shop.order_lines")).isEqualTo(8);
        assertThat(system.execute(Given.work(task)))
                .extracting(DatasetOutcome::getDisposition)
                .containsExactly(Disposition.ERASED);
    }

    @Test
    void theSameTaskAtTheSameTimeInTwoExecutorsIsDoneOnce() throws Exception {
        Task task = delete(Shop.orderLines());
        ExecutorService executors = Executors.newFixedThreadPool(4);
        try {
            List<Future<List<DatasetOutcome>>> answers =
                    executors.invokeAll(Collections.nCopies(4, () -> system.execute(Given.work(task))));
            for (Future<List<DatasetOutcome>> answer : answers) {
                assertThat(answer.get()).extracting(DatasetOutcome::getAffected).containsExactly(4L);
            }
        } finally {
            executors.shutdownNow();
        }
    }

    @Test
    void whoeverAsksForTheEvidenceWaitsForAWorkerThatIsAboutToCommit() throws Exception {
        assertEvidenceIsWaitedFor(system);
    }

    @Test
    void evidenceThatWasWaitedForIsSeenWhateverIsolationTheDatabaseHasByDefault() throws Exception {
        shop.run("ALTER DATABASE disposal_it SET default_transaction_isolation = 'repeatable read'");
        try (JdbcSystem strict = shop.open(new MemoryExportStore(), Given.CLOCK)) {
            assertEvidenceIsWaitedFor(strict);
        } finally {
            shop.run("ALTER DATABASE disposal_it RESET default_transaction_isolation");
        }
    }

    /** The worker has deleted, and found its grant valid, when another one that sees it revoked looks for evidence. */
    private void assertEvidenceIsWaitedFor(JdbcSystem executor) throws Exception {
        Task task = delete(Shop.orderLines());
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            List<Future<List<DatasetOutcome>>> asked = new ArrayList<>();
            List<DatasetOutcome> done = executor.execute(Given.work(task, () -> {
                asked.add(other.submit(() -> executor.earlierOutcomes(task)));
                await().until(() -> shop.waitingForLocks() > 0);
            }));

            assertThat(done).extracting(DatasetOutcome::getAffected).containsExactly(4L);
            assertThat(asked.get(0).get()).isEqualTo(done);
        } finally {
            other.shutdownNow();
        }
    }

    @Test
    void evidenceThatCannotBeWaitedForIsAskedForAgainRatherThanDenied() throws Exception {
        Task task = delete(Shop.orderLines());
        try (JdbcSystem hurried =
                shop.open(new MemoryExportStore(), Given.CLOCK, Map.of("statement.timeout.ms", "200"))) {
            system.execute(Given.work(
                    task,
                    () -> assertThatThrownBy(() -> hurried.earlierOutcomes(task))
                            .isInstanceOfSatisfying(TaskFailure.class, failure -> {
                                assertThat(failure.code()).isEqualTo("DATABASE_TIMEOUT");
                                assertThat(failure.retryable()).isTrue();
                            })));
        }
    }

    /** The one that stands still has deleted and holds its locks; the other one waits for them, and has to get them. */
    @Test
    void aWorkerThatStandsStillLosesItsLocksAndCommitsNothing() throws Exception {
        Task task = delete(Shop.orderLines());
        Map<String, String> impatient = Map.of("idle.timeout.ms", "1000", "executor.revocations.timeout.ms", "100");
        List<List<DatasetOutcome>> meanwhile = new ArrayList<>();
        try (JdbcSystem standing = shop.open(new MemoryExportStore(), Given.CLOCK, impatient)) {
            assertThatThrownBy(() ->
                            standing.execute(Given.work(task, () -> meanwhile.add(system.execute(Given.work(task))))))
                    .isInstanceOfSatisfying(TaskFailure.class, failure -> {
                        // The latter where the server's word is lost with the connection.
                        assertThat(failure.code()).isIn("DATABASE_TIMEOUT", "DATABASE_UNAVAILABLE");
                        assertThat(failure.retryable()).isTrue();
                    });

            assertThat(meanwhile)
                    .singleElement()
                    .satisfies(outcomes -> assertThat(outcomes)
                            .extracting(DatasetOutcome::getDisposition, DatasetOutcome::getAffected)
                            .containsExactly(tuple(Disposition.ERASED, 4L)));
        }
        assertThat(system.execute(Given.work(task))).isEqualTo(meanwhile.get(0));
        assertThat(shop.count("shop.order_lines")).isEqualTo(4);
    }

    @Test
    void aRefusalIsToldAlthoughTheSessionIsGone() throws Exception {
        Task task = delete(Shop.orderLines());

        assertFails(
                () -> system.execute(Given.work(task, () -> {
                    endSessionInTransaction();
                    throw TaskFailure.refused("REVOKED", "revoked");
                })),
                "REVOKED");
        assertThat(shop.count("shop.order_lines")).isEqualTo(8);
    }

    private void endSessionInTransaction() {
        try {
            shop.run("SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
                    + " WHERE datname = current_database() AND state = 'idle in transaction'");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void childrenAreStillFoundWhenTheirParentsIdentifierIsAnonymizedInTheSameTask() throws Exception {
        Task task = Given.task(
                        Action.ANONYMIZE,
                        ANNA,
                        Shop.customers().build(),
                        Shop.orderLines().build())
                .build();

        assertThat(system.execute(Given.work(task)))
                .extracting(DatasetOutcome::getDisposition, DatasetOutcome::getAffected)
                .containsExactly(tuple(Disposition.ANONYMIZED, 1L), tuple(Disposition.ANONYMIZED, 4L));
        assertThat(shop.column("SELECT gift_note FROM shop.order_lines WHERE gift_note IS NOT NULL"))
                .hasSize(4);
    }

    @Test
    void aTriggerThatPutsAValueBackLeavesAResidual() throws Exception {
        shop.run("CREATE FUNCTION shop.undo() RETURNS trigger LANGUAGE plpgsql AS"
                + " 'BEGIN NEW.name = OLD.name; RETURN NEW; END'");
        shop.run("CREATE TRIGGER undo BEFORE UPDATE ON shop.customers FOR EACH ROW EXECUTE FUNCTION shop.undo()");
        Task task = Given.task(Action.ANONYMIZE, ANNA, Shop.customers().build()).build();

        assertThat(system.execute(Given.work(task)))
                .extracting(DatasetOutcome::getDisposition, DatasetOutcome::getResidual)
                .containsExactly(tuple(Disposition.FAILED, 1L));
        assertThat(shop.column("SELECT email FROM shop.customers WHERE id = 1")).containsExactly(ANNA);
    }

    @Test
    void aPseudonymIsCutToTheLengthThatIsGivenBelowTwoDomains() throws Exception {
        shop.run("CREATE DOMAIN shop.line AS varchar(20)");
        shop.run("CREATE DOMAIN shop.nickname AS shop.line");
        shop.run("ALTER TABLE shop.customers ADD nickname shop.nickname DEFAULT 'Annie'");
        Dataset dataset = Shop.customers()
                .setFields(List.of(new Field("nickname", "contact", Transformation.PSEUDONYMIZE)))
                .build();
        system.execute(Given.work(Given.task(Action.ANONYMIZE, ANNA, dataset).build()));

        assertThat(shop.column("SELECT length(nickname) FROM shop.customers ORDER BY id"))
                .containsExactly("20", "5");
    }

    @Test
    void aTransformationThatTheColumnHasNoPlaceForIsRefusedAsSuch() throws Exception {
        Dataset dataset = Shop.customers()
                .setFields(List.of(new Field("born", "demographic", Transformation.PSEUDONYMIZE)))
                .build();

        assertFails(
                () -> system.execute(
                        Given.work(Given.task(Action.ANONYMIZE, ANNA, dataset).build())),
                "UNSUITABLE_TRANSFORMATION");
    }

    @Test
    void erasedRowsThatAreInBackupsSayUntilWhen() throws Exception {
        Task task = delete(Shop.orderLines().setBackupDays(30));

        assertThat(system.execute(Given.work(task)))
                .extracting(DatasetOutcome::getDisposition, DatasetOutcome::getBackupUntil)
                .containsExactly(tuple(Disposition.BACKUP_UNTIL, Given.NOW.plus(Duration.ofDays(30))));
    }

    @Test
    void whatIsNotThereIsNotFound() throws Exception {
        Task task = Given.task(
                        Action.DELETE, "nobody@example.org", Shop.orders().build())
                .build();

        assertThat(system.execute(Given.work(task)))
                .extracting(DatasetOutcome::getDisposition, DatasetOutcome::getMatched)
                .containsExactly(tuple(Disposition.NOT_FOUND, 0L));
    }

    @Test
    void rowsWithACategoryThatTheGrantLeavesOutAreNotErased() throws Exception {
        Task task = delete(Shop.orderLines());
        task.getGrant().setCategories(List.of("contact"));

        assertFails(() -> system.execute(Given.work(task)), "GRANT_TOO_NARROW");
        assertThat(shop.count("shop.order_lines")).isEqualTo(8);
    }

    @Test
    void onlyGrantedCategoriesAreAnonymized() throws Exception {
        Task task = Given.task(Action.ANONYMIZE, ANNA, Shop.customers().build()).build();
        task.getGrant().setCategories(List.of("demographic"));
        system.execute(Given.work(task));

        assertThat(shop.column("SELECT concat_ws('|', email, born) FROM shop.customers WHERE id = 1"))
                .containsExactly(ANNA + "|1984-01-01");
    }

    @Test
    void retentionWithoutALegalGroundIsRefused() {
        assertFails(() -> system.execute(Given.work(delete(Shop.invoices().setLegalGround(null)))), "NO_LEGAL_GROUND");
    }

    @Test
    void tablesAndColumnsThatAreNotThereAreNamed() {
        assertFails(
                () -> system.execute(Given.work(delete(Shop.customers().setLocation("shop.gone")))),
                "UNMAPPED_DATASET");
        assertFails(
                () -> system.execute(Given.work(
                        delete(Shop.customers().setLocator(new Locator("email", "e\"mail; --", List.of()))))),
                "UNMAPPED_DATASET");
        assertFails(
                () -> system.execute(Given.work(delete(Shop.customers().setLocation("a.b.c")))), "UNMAPPED_DATASET");
    }

    @Test
    void namesThatNeedQuotesAreQuoted() throws Exception {
        shop.run("CREATE TABLE shop.\"Odd \"\"; table\" (\"E Mail\" text)");
        shop.run("INSERT INTO shop.\"Odd \"\"; table\" VALUES (?)", ANNA);
        Task task = delete(Shop.customers()
                .setLocation("shop.Odd \"; table")
                .setLocator(new Locator("email", "E Mail", List.of()))
                .setFields(List.of()));

        assertThat(system.execute(Given.work(task)))
                .extracting(DatasetOutcome::getDisposition)
                .containsExactly(Disposition.ERASED);
    }

    private static Task delete(Dataset.Builder... datasets) {
        return Given.delete(ANNA, datasets);
    }
}
