package io.quittance.executor.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.quittance.executor.TaskFailure;
import io.quittance.executor.Work;
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
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
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
    void aRedeliveredTaskAnswersWithTheSameEvidence() throws Exception {
        Task task = delete(Shop.orderLines());
        List<DatasetOutcome> first = system.execute(Given.work(task));

        assertThat(system.execute(Given.work(task))).isEqualTo(first);
        assertThat(system.execute(Given.work(Task.newBuilder(task).setAttempt(2).build())))
                .isEqualTo(first);
        assertThat(system.earlierOutcomes(task)).isEqualTo(first);
        assertThat(first).extracting(DatasetOutcome::getAffected).containsExactly(4L);
    }

    @Test
    void rowsThatCameBackAreErasedByARedeliveryAndBothTimesCount() throws Exception {
        Task task = delete(Shop.orderLines());
        system.execute(Given.work(task));
        shop.run("INSERT INTO shop.order_lines (order_id, gift_note) SELECT id, 'again' FROM shop.orders"
                + " WHERE customer_id = 1");

        assertThat(system.execute(Given.work(task)))
                .extracting(DatasetOutcome::getDisposition, DatasetOutcome::getAffected, DatasetOutcome::getResidual)
                .containsExactly(tuple(Disposition.ERASED, 6L, 0L));
        assertThat(shop.count("shop.order_lines")).isEqualTo(4);
    }

    @Test
    void rowsThatCameAfterNoneWereFoundAreErasedUnderTheNextGrant() throws Exception {
        shop.run("DELETE FROM shop.order_lines");
        Task task = delete(Shop.orderLines());
        List<DatasetOutcome> first = system.execute(Given.work(task));
        shop.run("INSERT INTO shop.order_lines (order_id) SELECT id FROM shop.orders WHERE customer_id = 1");

        assertThat(system.execute(Given.work(Given.grantedAnew(task))))
                .extracting(
                        DatasetOutcome::getDisposition,
                        DatasetOutcome::getMatched,
                        DatasetOutcome::getAffected,
                        DatasetOutcome::getResidual)
                .containsExactly(tuple(Disposition.ERASED, 2L, 2L, 0L));
        assertThat(first).extracting(DatasetOutcome::getDisposition).containsExactly(Disposition.NOT_FOUND);
        assertThat(shop.count("shop.order_lines")).isZero();
    }

    @Test
    void rowsThatCameAfterNoneWereFoundAreAnonymizedUnderTheNextGrant() throws Exception {
        String clara = "clara@example.org";
        Dataset customers = Shop.customers().setOnDelete(Disposal.ANONYMIZE).build();
        Task task = Given.task(Action.DELETE, clara, customers).build();
        system.execute(Given.work(task));
        shop.addCustomer(3, clara);

        assertThat(system.execute(Given.work(Given.grantedAnew(task))))
                .extracting(DatasetOutcome::getDisposition, DatasetOutcome::getAffected, DatasetOutcome::getResidual)
                .containsExactly(tuple(Disposition.ANONYMIZED, 1L, 0L));
        assertThat(shop.column("SELECT email FROM shop.customers")).doesNotContain(clara);
    }

    @Test
    void rowsThatCameAndMayStayAreNoReasonToDoTheRestAgain() throws Exception {
        shop.run("DELETE FROM shop.invoices");
        Task task = delete(
                Shop.customers()
                        .setOnDelete(Disposal.ANONYMIZE)
                        .setFields(List.of(new Field("name", "contact", Transformation.PSEUDONYMIZE))),
                Shop.invoices());
        List<DatasetOutcome> first = system.execute(Given.work(task));
        List<@Nullable String> pseudonyms = shop.column("SELECT name FROM shop.customers ORDER BY id");
        shop.run("INSERT INTO shop.invoices VALUES ('invoice-3', 1, 10)");

        List<DatasetOutcome> second = system.execute(Given.work(Given.grantedAnew(task)));

        assertThat(second.get(0)).isEqualTo(first.get(0));
        assertThat(second)
                .extracting(DatasetOutcome::getDisposition, DatasetOutcome::getMatched, DatasetOutcome::getResidual)
                .endsWith(tuple(Disposition.RETAINED, 1L, 1L));
        assertThat(second.get(1).getLegalGround()).isNotBlank();
        assertThat(shop.column("SELECT name FROM shop.customers ORDER BY id")).isEqualTo(pseudonyms);
    }

    @Test
    void rowsThatCameAfterOthersWereAnonymizedAreAnonymizedToo() throws Exception {
        Task task = Given.task(Action.ANONYMIZE, ANNA, notes("shop.notes", Transformation.REDACT))
                .build();
        partitionedNotes();
        shop.run("ALTER TABLE shop.notes ADD COLUMN note text");
        shop.run("INSERT INTO shop.notes VALUES (1, ?, 'one')", ANNA);
        system.execute(Given.work(task));
        shop.run("INSERT INTO shop.notes VALUES (11, ?, 'two')", ANNA);

        assertThat(system.execute(Given.work(Given.grantedAnew(task))))
                .extracting(DatasetOutcome::getDisposition, DatasetOutcome::getMatched, DatasetOutcome::getResidual)
                .containsExactly(tuple(Disposition.ANONYMIZED, 2L, 0L));
        assertThat(shop.column("SELECT note FROM shop.notes")).doesNotContain("one", "two");
    }

    @Test
    void anotherPlanForTheSameTaskIsCarriedOutAfresh() throws Exception {
        Task task = delete(Shop.orderLines());
        system.execute(Given.work(task));
        Task replanned = delete(Shop.orders());
        replanned.setTaskId(task.getTaskId());
        replanned.getGrant().setPlanSha256("1".repeat(64));

        assertThat(system.execute(Given.work(replanned)))
                .extracting(DatasetOutcome::getDataset, DatasetOutcome::getDisposition)
                .containsExactly(tuple("orders", Disposition.ERASED));
    }

    @Test
    void aPlanWithoutAHashThatIsAboutOtherDatasetsIsCarriedOutAfresh() throws Exception {
        Task task = delete(Shop.orderLines());
        task.getGrant().setPlanSha256("");
        system.execute(Given.work(task));
        Task replanned = delete(Shop.orderLines(), Shop.orders());
        replanned.setTaskId(task.getTaskId());
        replanned.getGrant().setPlanSha256("");

        assertThat(system.execute(Given.work(replanned)))
                .extracting(DatasetOutcome::getDataset, DatasetOutcome::getDisposition)
                .containsExactly(tuple("order_lines", Disposition.NOT_FOUND), tuple("orders", Disposition.ERASED));
    }

    @Test
    void whatWasDoneForAPartOfThePlanDoesNotAnswerForTheWhole() throws Exception {
        Dataset customers = Shop.customers().setOnDelete(Disposal.ANONYMIZE).build();
        Task narrowed = Given.task(Action.DELETE, ANNA, customers).build();
        narrowed.getGrant().setCategories(List.of("contact"));
        system.execute(Given.work(narrowed));
        Task whole = Task.newBuilder(narrowed).setAttempt(2).build();
        whole.getGrant().setCategories(List.of());

        assertThat(system.earlierOutcomes(whole)).isEmpty();
        assertThat(system.earlierOutcomes(narrowed)).isNotEmpty();
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
        partitionedNotes();
        shop.run("INSERT INTO shop.notes VALUES (1, ?), (1, ?)", ANNA, BEN);
        Task task = delete(notes(erased));
        task.setSpared(List.of(notes(spared).setName("spared").build()));

        assertFails(() -> system.execute(Given.work(task)), "GRANT_TOO_NARROW");
        assertThat(shop.count("shop.notes")).isEqualTo(2);
    }

    @Test
    void rowsOfATableThatInheritsFromTwoAreThoseOfBoth() throws Exception {
        shop.run("CREATE TABLE shop.notes (email text)");
        shop.run("CREATE TABLE shop.letters (email text)");
        shop.run("CREATE TABLE shop.written () INHERITS (shop.notes, shop.letters)");
        shop.run("INSERT INTO shop.written VALUES (?)", ANNA);
        Task task = delete(notes("shop.notes"));
        task.setSpared(List.of(notes("shop.letters").setName("letters").build()));

        assertFails(() -> system.execute(Given.work(task)), "GRANT_TOO_NARROW");
        assertThat(shop.count("shop.written")).isEqualTo(1);
    }

    @Test
    void rowsOfOtherPartitionsThanTheOneThatWasLeftOutAreErased() throws Exception {
        partitionedNotes();
        shop.run("INSERT INTO shop.notes VALUES (11, ?), (1, ?)", ANNA, BEN);
        Task task = delete(notes("shop.notes"));
        task.setSpared(List.of(notes("shop.notes_old").setName("old notes").build()));

        assertThat(system.execute(Given.work(task)))
                .extracting(DatasetOutcome::getDisposition, DatasetOutcome::getAffected)
                .containsExactly(tuple(Disposition.ERASED, 1L));
        assertThat(shop.column("SELECT email FROM shop.notes")).containsExactly(BEN);
    }

    @ParameterizedTest
    @CsvSource({"note, false", "another, true"})
    void columnsThatADatasetThatWasLeftOutDescribesAreNotOverwrittenInItsRows(String described, boolean done)
            throws Exception {
        partitionedNotes();
        shop.run("ALTER TABLE shop.notes ADD COLUMN note text, ADD COLUMN another text");
        shop.run("INSERT INTO shop.notes VALUES (1, ?, 'one', 'other')", ANNA);
        Task task = Given.task(Action.ANONYMIZE, ANNA, notes("shop.notes", Transformation.REDACT))
                .build();
        task.setSpared(List.of(notes("shop.notes_old")
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

    /** Of which one column is anonymized. */
    private static Dataset notes(String location, Transformation transformation) {
        return notes(location)
                .setFields(List.of(
                        new Field("email", "contact", Transformation.KEEP),
                        new Field("note", "contact", transformation)))
                .build();
    }

    private void partitionedNotes() throws SQLException {
        shop.run("CREATE TABLE shop.notes (id bigint, email text) PARTITION BY RANGE (id)");
        shop.run("CREATE TABLE shop.notes_old PARTITION OF shop.notes FOR VALUES FROM (0) TO (10)");
        shop.run("CREATE TABLE shop.notes_new PARTITION OF shop.notes FOR VALUES FROM (10) TO (20)");
    }

    private static Dataset.Builder notes(String location) {
        return Dataset.newBuilder()
                .setName("notes")
                .setLocation(location)
                .setLocator(new Locator("email", "email", List.of()))
                .setFields(List.of());
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
        Dataset[] built = new Dataset[datasets.length];
        for (int index = 0; index < built.length; index++) {
            built[index] = datasets[index].build();
        }
        return Given.task(Action.DELETE, ANNA, built).build();
    }

    private static void assertFails(ThrowingCallable execution, String code) {
        assertThatThrownBy(execution)
                .isInstanceOfSatisfying(
                        TaskFailure.class,
                        failure ->
                                assertThat(failure.code()).as(failure.detail()).isEqualTo(code))
                .hasMessageNotContaining(ANNA);
    }
}
