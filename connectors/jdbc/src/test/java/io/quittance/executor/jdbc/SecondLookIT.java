package io.quittance.executor.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.quittance.harness.PostgresProcess;
import io.quittance.harness.junit.WithHarness;
import io.quittance.schema.Action;
import io.quittance.schema.Dataset;
import io.quittance.schema.DatasetOutcome;
import io.quittance.schema.Disposal;
import io.quittance.schema.Disposition;
import io.quittance.schema.Field;
import io.quittance.schema.Task;
import io.quittance.schema.Transformation;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A task that comes again, on a real PostgreSQL: what is told, and what is done again. */
@WithHarness
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecondLookIT {
    private static final String ANNA = "anna@example.org";
    private static final String BEN = "ben@example.org";

    private final Shop shop;
    private final JdbcSystem system;

    SecondLookIT(PostgresProcess postgres) throws SQLException {
        this.shop = new Shop(postgres, "second_look_it");
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

    @ParameterizedTest
    @EnumSource(names = {"DELETE", "ANONYMIZE"})
    void rowsThatCameAndMayStayAreNoReasonToDoTheRestAgain(Action action) throws Exception {
        shop.run("DELETE FROM shop.invoices");
        Dataset customers = Shop.customers()
                .setOnDelete(Disposal.ANONYMIZE)
                .setFields(List.of(new Field("name", "contact", Transformation.PSEUDONYMIZE)))
                .build();
        Task task = Given.task(action, ANNA, customers, Shop.invoices().build()).build();
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
        Task task =
                Given.task(Action.ANONYMIZE, ANNA, Notes.redacted("shop.notes")).build();
        Notes.create(shop);
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

    private static Task delete(Dataset.Builder... datasets) {
        return Given.delete(ANNA, datasets);
    }
}
