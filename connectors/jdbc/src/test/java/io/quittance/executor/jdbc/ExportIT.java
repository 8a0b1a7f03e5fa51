package io.quittance.executor.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.hash.Hashing;
import io.quittance.executor.DataSystem;
import io.quittance.executor.TaskFailure;
import io.quittance.executor.export.ExportKey;
import io.quittance.harness.PostgresProcess;
import io.quittance.harness.S3Process;
import io.quittance.harness.junit.WithHarness;
import io.quittance.schema.Action;
import io.quittance.schema.DatasetOutcome;
import io.quittance.schema.Disposition;
import io.quittance.schema.ExportedDocument;
import io.quittance.schema.Minimization;
import io.quittance.schema.Task;
import io.quittance.schema.Transformation;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.s3.S3Client;

/** ACCESS and EXPORT from a real PostgreSQL. */
@WithHarness
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExportIT {
    private static final String ANNA = "anna@example.org";

    private final Shop shop;
    private MemoryExportStore store;
    private JdbcSystem system;

    ExportIT(PostgresProcess postgres) throws SQLException {
        this.shop = new Shop(postgres, "export_it");
    }

    @BeforeEach
    void aShopWithTwoCustomers() throws SQLException {
        store = new MemoryExportStore();
        system = shop.open(store, Given.CLOCK);
        shop.rebuild();
        shop.addCustomerWithOrders(1, ANNA);
        shop.addCustomerWithOrders(2, "ben@example.org");
    }

    @AfterEach
    void closeSystem() {
        system.close();
    }

    @AfterAll
    void closeShop() throws SQLException {
        shop.close();
    }

    @Test
    void anExportHoldsEveryPlacedFieldOfTheSubjectsRowsAndNoOther() throws Exception {
        Task task = Given.task(
                        Action.EXPORT,
                        ANNA,
                        Shop.customers().build(),
                        Shop.orderLines().build())
                .build();
        List<DatasetOutcome> outcomes = system.execute(Given.work(task));

        assertThat(outcomes)
                .extracting(DatasetOutcome::getDisposition, DatasetOutcome::getMatched, DatasetOutcome::getAffected)
                .containsExactly(tuple(Disposition.EXPORTED, 1L, 1L), tuple(Disposition.EXPORTED, 4L, 4L));
        ExportedDocument document = outcomes.get(0).getDocument();
        assertThat(document.getRecords()).isEqualTo(5);
        assertThat(document.getSha256())
                .isEqualTo(Hashing.sha256().hashBytes(store.onlyBytes()).toString());
        JsonNode customer = store.onlyDocument().at("/datasets/0/records/0");
        assertThat(customer.toString())
                .isEqualTo("{\"id\":1,\"email\":\"anna@example.org\",\"name\":\"Name 1\",\"born\":\"1984-05-06\","
                        + "\"spent\":1234.5,\"profile\":{\"a\":[1]}}");
        assertThat(store.onlyDocument().at("/datasets/1/records")).hasSize(4);
    }

    @Test
    void whatThePlanMinimizesLeavesTheDatabaseChanged() throws Exception {
        Task task = Given.task(Action.ACCESS, ANNA, Shop.customers().build())
                .setMinimizations(List.of(
                        new Minimization("contact", Transformation.MASK),
                        new Minimization("demographic", Transformation.GENERALIZE),
                        new Minimization("financial", Transformation.REDACT)))
                .build();
        system.execute(Given.work(task));

        JsonNode customer = store.onlyDocument().at("/datasets/0/records/0");
        assertThat(customer.toString())
                .isEqualTo("{\"id\":1,\"email\":\"**************rg\",\"name\":\"**** 1\",\"born\":1984,"
                        + "\"spent\":null,\"profile\":null}");
    }

    @Test
    void aNarrowerGrantLetsOutFewerCategories() throws Exception {
        Task task = Given.task(Action.EXPORT, ANNA, Shop.customers().build()).build();
        task.getGrant().setCategories(List.of("financial"));
        system.execute(Given.work(task));

        assertThat(store.onlyDocument().at("/datasets/0/records/0").toString()).isEqualTo("{\"spent\":1234.5}");
    }

    @Test
    void theDocumentIsInTheObjectStoreWithTheHashThatIsReported(S3Process s3) throws Exception {
        s3.createBucket("jdbc-export-it");
        Map<String, String> export = Map.of(
                "export.bucket",
                "jdbc-export-it",
                "export.endpoint",
                s3.endpoint(),
                "export.region",
                S3Process.REGION,
                "export.access.key",
                s3.accessKey(),
                "export.secret.key",
                s3.secretKey(),
                "export.path.style",
                "true");
        Task task = Given.task(Action.EXPORT, ANNA, Shop.orders().build()).build();
        try (DataSystem real = new JdbcPlugin().createSystem(shop.config(export), Given.CLOCK);
                S3Client client = s3.client()) {
            ExportedDocument document = real.execute(Given.work(task)).get(0).getDocument();
            String key = document.getUri().substring("s3://jdbc-export-it/".length());
            byte[] bytes = client.getObjectAsBytes(
                            get -> get.bucket("jdbc-export-it").key(key))
                    .asByteArray();

            assertThat(Hashing.sha256().hashBytes(bytes)).hasToString(document.getSha256());
            assertThat(new ObjectMapper()
                            .readTree(bytes)
                            .at("/datasets/0/records/0/placed")
                            .asText())
                    .isEqualTo("2024-02-03T04:05:06Z");
        }
    }

    @Test
    void aRedeliveredExportAnswersWithTheSameDocumentAndWritesNoOther() throws Exception {
        Task task = Given.task(Action.EXPORT, ANNA, Shop.customers().build()).build();
        List<DatasetOutcome> first = system.execute(Given.work(task));

        assertThat(system.execute(Given.work(task))).isEqualTo(first);
        assertThat(store.writes()).hasSize(1);
    }

    @Test
    void anExportUnderANewGrantIsADocumentOfItsOwn() throws Exception {
        Task task = customersAndOrderLines();
        system.execute(Given.work(task));
        Task anew = Given.grantedAnew(task);
        List<DatasetOutcome> second = system.execute(Given.work(anew));

        assertThat(store.writes()).containsExactly(ExportKey.document(task), ExportKey.document(anew));
        assertThat(second)
                .extracting(outcome -> outcome.getDocument().getUri())
                .containsOnly("s3://memory/" + ExportKey.document(anew));
        assertThat(system.execute(Given.work(anew))).isEqualTo(second);
    }

    @Test
    void theDocumentOfTheFormerGrantStaysTheEvidenceOfIt() throws Exception {
        Task task = customersAndOrderLines();
        List<DatasetOutcome> first = system.execute(Given.work(task));
        system.execute(Given.work(Given.grantedAnew(task)));

        assertThat(system.earlierOutcomes(task)).isEqualTo(first);
    }

    @Test
    void rowsOfADocumentThatWasThereAlreadyAreNotReportedAsNotFound() throws Exception {
        Task task = customersAndOrderLines();
        List<DatasetOutcome> first = exportWithoutReceipt(task);
        shop.run("DELETE FROM shop.order_lines");

        assertThat(system.execute(Given.work(task))).isEqualTo(first);
        assertThat(first)
                .extracting(DatasetOutcome::getDisposition, DatasetOutcome::getMatched, DatasetOutcome::getAffected)
                .containsExactly(tuple(Disposition.EXPORTED, 1L, 1L), tuple(Disposition.EXPORTED, 4L, 4L));
    }

    @Test
    void rowsThatCameAfterTheDocumentAreMatchedAndNotCountedAsExported() throws Exception {
        shop.run("DELETE FROM shop.order_lines");
        Task task = customersAndOrderLines();
        exportWithoutReceipt(task);
        shop.run("INSERT INTO shop.order_lines (order_id) SELECT id FROM shop.orders");

        assertThat(system.execute(Given.work(task)))
                .extracting(DatasetOutcome::getDisposition, DatasetOutcome::getMatched, DatasetOutcome::getAffected)
                .containsExactly(tuple(Disposition.EXPORTED, 1L, 1L), tuple(Disposition.EXPORTED, 2L, 0L));
    }

    @Test
    void aDocumentIsReportedAlthoughAllItsRowsHaveGoneSince() throws Exception {
        Task task = customersAndOrderLines();
        List<DatasetOutcome> first = exportWithoutReceipt(task);
        shop.run("TRUNCATE shop.customers, shop.orders, shop.order_lines, shop.invoices");

        assertThat(system.execute(Given.work(task))).isEqualTo(first);
        assertThat(store.writes()).hasSize(1);
    }

    @Test
    void aDocumentOfAWorkerThatWasKilledBeforeItsReceiptIsEvidence() throws Exception {
        Task task = customersAndOrderLines();
        List<DatasetOutcome> first = exportWithoutReceipt(task);

        assertThat(system.earlierOutcomes(task)).isEqualTo(first);
    }

    @Test
    void withoutADocumentAndAReceiptThereIsNoEvidence() throws Exception {
        Task task = customersAndOrderLines();
        system.execute(Given.work(customersAndOrderLines()));

        assertThat(system.earlierOutcomes(task)).isEmpty();
    }

    private static Task customersAndOrderLines() {
        return Given.task(
                        Action.EXPORT,
                        ANNA,
                        Shop.customers().build(),
                        Shop.orderLines().build())
                .build();
    }

    /** What is left of a worker that is killed between the document and the commit. */
    private List<DatasetOutcome> exportWithoutReceipt(Task task) throws Exception {
        List<DatasetOutcome> outcomes = system.execute(Given.work(task));
        shop.run("DELETE FROM proof.receipts");
        return outcomes;
    }

    @Test
    void nothingIsWrittenForSomebodyWhoIsNotThere() throws Exception {
        Task task = Given.task(
                        Action.EXPORT, "nobody@example.org", Shop.customers().build())
                .build();

        assertThat(system.execute(Given.work(task)))
                .extracting(DatasetOutcome::getDisposition)
                .containsExactly(Disposition.NOT_FOUND);
        assertThat(store.writes()).isEmpty();
    }

    @Test
    void anExportMayBeSilentForLongerSinceAStoreTakesItsTime() throws Exception {
        Map<String, String> impatient = Map.of("idle.timeout.ms", "100", "executor.revocations.timeout.ms", "100");
        Task task = Given.task(Action.EXPORT, ANNA, Shop.customers().build()).build();
        try (JdbcSystem waiting = shop.open(store, Given.CLOCK, impatient)) {
            assertThat(waiting.execute(Given.work(
                            task, () -> await().during(Duration.ofMillis(600)).until(() -> true))))
                    .extracting(DatasetOutcome::getAffected)
                    .containsExactly(1L);
        }
    }

    @Test
    void aGrantThatEndsWhileRowsAreReadLeavesNoDocument() {
        Task task = Given.task(Action.EXPORT, ANNA, Shop.customers().build()).build();

        assertThatThrownBy(() -> system.execute(Given.work(task, () -> {
                    throw TaskFailure.refused("GRANT_EXPIRED", "expired");
                })))
                .isInstanceOf(TaskFailure.class);
        assertThat(store.writes()).isEmpty();
    }
}
