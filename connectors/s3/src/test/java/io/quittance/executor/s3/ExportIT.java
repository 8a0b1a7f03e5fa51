package io.quittance.executor.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.quittance.executor.DataSystem;
import io.quittance.executor.GrantGuard;
import io.quittance.executor.TaskFailure;
import io.quittance.harness.S3Process;
import io.quittance.harness.junit.WithHarness;
import io.quittance.schema.Action;
import io.quittance.schema.Dataset;
import io.quittance.schema.DatasetOutcome;
import io.quittance.schema.Disposition;
import io.quittance.schema.ExportedDocument;
import io.quittance.schema.Field;
import io.quittance.schema.Locator;
import io.quittance.schema.Minimization;
import io.quittance.schema.Task;
import io.quittance.schema.Transformation;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@WithHarness
class ExportIT {
    private final Bucket bucket;
    private final DataSystem archive;

    ExportIT(S3Process s3) {
        bucket = Bucket.create(s3);
        archive = new S3ExecutorPlugin()
                .createSystem(
                        Given.config(s3, bucket.name(), Map.of("s3.text.max.bytes", "1000", "s3.page.size", "10")),
                        Clock.fixed(Given.NOW, ZoneOffset.UTC));
    }

    @AfterEach
    void close() {
        archive.close();
    }

    @Test
    void writesTheSubjectsObjectsAndNobodyElses() throws Exception {
        bucket.put("customers/4/2024/letter.txt", "Dear Zoë 🦊");
        bucket.put("customers/42/letter.txt", "not mine");
        Task task = export("4", letters());

        DatasetOutcome outcome = archive.execute(Given.work(task)).get(0);

        ExportedDocument document = Objects.requireNonNull(outcome.getDocument());
        assertThat(outcome.getDisposition()).isEqualTo(Disposition.EXPORTED);
        assertThat(outcome.getMatched()).isEqualTo(1);
        assertThat(outcome.getAffected()).isEqualTo(1);
        assertThat(document.getUri())
                .isEqualTo("s3://" + bucket.name() + "/exports/subject-1/" + task.getRequestId() + "/archive/"
                        + task.getGrant().getGrantId() + ".json");
        assertThat(document.getSha256()).isEqualTo(Bucket.sha256(bucket.fetch(document)));
        assertThat(document.getRecords()).isEqualTo(1);
        JsonNode dataset = bucket.read(document).at("/datasets/0");
        assertThat(dataset.at("/name").asText()).isEqualTo("letters");
        assertThat(dataset.at("/records")).hasSize(1);
        assertThat(dataset.at("/records/0/name").asText()).isEqualTo("2024/letter.txt");
        assertThat(dataset.at("/records/0/text").asText()).isEqualTo("Dear Zoë 🦊");
        assertThat(dataset.at("/records/0/content_type").asText()).isEqualTo("text/plain");
    }

    @Test
    void keepsEveryByteOfWhatIsNotSmallText() throws Exception {
        byte[] large = new byte[6 * 1024 * 1024];
        new Random(1).nextBytes(large);
        bucket.put("customers/4/1-large.bin", large, "application/octet-stream");
        bucket.put("customers/4/2-small.bin", new byte[] {(byte) 0xff, 0, 1}, "image/png");
        bucket.put("customers/4/3-long.txt", "x".repeat(2_000));

        ExportedDocument document = exported(export("4", letters()));

        JsonNode objects = bucket.read(document).at("/datasets/0/records");
        assertThat(objects.at("/0/base64").binaryValue()).isEqualTo(large);
        assertThat(objects.at("/0/sha256").asText()).isEqualTo(Bucket.sha256(large));
        assertThat(objects.at("/1/base64").binaryValue()).containsExactly(0xff, 0, 1);
        assertThat(new String(objects.at("/2/base64").binaryValue())).isEqualTo("x".repeat(2_000));
        assertThat(document.getSha256()).isEqualTo(Bucket.sha256(bucket.fetch(document)));
    }

    @Test
    void writesMoreThanOnePage() throws Exception {
        bucket.putMany("customers/4/", 23);

        ExportedDocument document = exported(export("4", letters()));

        assertThat(document.getRecords()).isEqualTo(23);
        assertThat(bucket.read(document).at("/datasets/0/records")).hasSize(23);
    }

    @Test
    void writesNoDocumentWhereThereIsNothing() throws Exception {
        assertThat(archive.execute(Given.work(export("4", letters()))))
                .containsExactly(new DatasetOutcome("letters", Disposition.NOT_FOUND, 0L, 0L, 0L, null, null, null));
        assertThat(bucket.keys("exports/")).isEmpty();
    }

    @Test
    void leavesOutWhatWasNotGranted() throws Exception {
        bucket.put("customers/4/letter.txt", "letter");
        bucket.put("customers/4/payslips/1.txt", "payslip");
        Task task = export("4", letters(), payslips());
        task.setGrant(Given.grant(task.getRequestId(), Action.EXPORT, List.of("correspondence")));

        List<DatasetOutcome> outcomes = archive.execute(Given.work(task));

        assertThat(outcomes.get(0).getAffected()).isEqualTo(1);
        assertThat(outcomes.get(1))
                .isEqualTo(new DatasetOutcome("payslips", Disposition.EXPORTED, 1L, 0L, 0L, null, null, null));
        String document =
                new String(bucket.fetch(Objects.requireNonNull(outcomes.get(0).getDocument())));
        assertThat(document)
                .contains("CATEGORY_NOT_GRANTED")
                .doesNotContain("payslip\"")
                .doesNotContain("1.txt");
    }

    @Test
    void leavesOutWhatThePlanWouldHaveChanged() throws Exception {
        bucket.put("customers/4/letter.txt", "letter");
        bucket.put("customers/4/payslips/1.txt", "payslip");
        Task task = export("4", letters(), payslips());
        task.setMinimizations(List.of(new Minimization("financial", Transformation.MASK)));

        JsonNode document = bucket.read(exported(task));

        assertThat(document.at("/datasets/0/records")).hasSize(1);
        assertThat(document.at("/datasets/1/left_out").asText()).isEqualTo("MINIMIZED");
    }

    @Test
    void leavesOutWhatIsInNoCategory() throws Exception {
        bucket.put("customers/4/letter.txt", "letter");
        Dataset unmapped = Given.letters(bucket.name()).setFields(List.of()).build();

        assertThat(archive.execute(Given.work(export("4", unmapped))).get(0).getAffected())
                .isEqualTo(0);
        assertThat(bucket.keys("exports/")).isEmpty();
    }

    @Test
    void writesNothingWhenTheGrantEndsUnderway() {
        bucket.put("customers/4/letter.txt", "letter");
        Task task = export("4", letters());

        TaskFailure failure = catchThrowableOfType(
                TaskFailure.class, () -> archive.execute(Given.work(task, Given.permittedTimes(1))));

        assertThat(failure.code()).isEqualTo("REVOKED");
        assertThat(bucket.keys("exports/")).isEmpty();
        assertThat(bucket.keys("receipts/")).isEmpty();
    }

    @Test
    void reportsTheSameDocumentWhenDeliveredAgain() throws Exception {
        bucket.put("customers/4/letter.txt", "letter");
        Task task = export("4", letters());
        List<DatasetOutcome> first = archive.execute(Given.work(task));
        bucket.put("customers/4/later.txt", "later");

        assertThat(archive.execute(Given.work(task))).isEqualTo(first);
        assertThat(archive.earlierOutcomes(task)).isEqualTo(first);
    }

    @Test
    void handsOutTheFirstDocumentInASecondAttemptUnderTheSameGrant() throws Exception {
        bucket.put("customers/4/letter.txt", "letter");
        Task task = export("4", letters());
        ExportedDocument first = exported(task);
        bucket.put("customers/4/later.txt", "later");

        assertThat(exported(Task.newBuilder(task).setAttempt(2).build())).isEqualTo(first);
    }

    @Test
    void writesAgainUnderANewGrant() throws Exception {
        bucket.put("customers/4/letter.txt", "letter");
        Task task = export("4", letters());
        ExportedDocument first = exported(task);
        bucket.put("customers/4/later.txt", "later");
        task.getGrant().setGrantId("the-next-grant");

        ExportedDocument second = exported(Task.newBuilder(task).setAttempt(2).build());

        assertThat(second.getRecords()).isEqualTo(2);
        assertThat(second.getSha256()).isEqualTo(Bucket.sha256(bucket.fetch(second)));
        assertThat(first.getSha256()).isEqualTo(Bucket.sha256(bucket.fetch(first)));
    }

    @Test
    void aWorkerThatWasTakenOverFromLeavesTheDocumentThatWasReported() throws Exception {
        bucket.put("customers/4/letter.txt", "letter");
        Task task = export("4", letters());
        List<List<DatasetOutcome>> reported = new ArrayList<>();
        int[] looks = {0};
        // Stands still at its last look at the grant: another worker does all of it, and then it goes on.
        GrantGuard standstill = () -> {
            if (++looks[0] == 2) {
                bucket.put("customers/4/later.txt", "later");
                reported.add(archive.execute(Given.work(task)));
            }
        };

        List<DatasetOutcome> late = archive.execute(Given.work(task, standstill));

        assertThat(reported).containsExactly(late);
        ExportedDocument document = Objects.requireNonNull(late.get(0).getDocument());
        assertThat(document.getSha256()).isEqualTo(Bucket.sha256(bucket.fetch(document)));
    }

    @Test
    void namesTheDocumentOfAWorkerThatWasKilledBeforeItsReceipt() throws Exception {
        bucket.put("customers/4/letter.txt", "letter");
        Task task = export("4", letters());
        List<DatasetOutcome> first = archive.execute(Given.work(task));
        removeReceipts();

        assertThat(archive.earlierOutcomes(task)).isEqualTo(first);
    }

    @Test
    void namesTheDocumentOfAnEarlierAttemptAlsoWhereNothingIsLeft() throws Exception {
        bucket.put("customers/4/letter.txt", "letter");
        Task task = export("4", letters());
        List<DatasetOutcome> first = archive.execute(Given.work(task));
        removeReceipts();
        bucket.client().deleteObject(delete -> delete.bucket(bucket.name()).key("customers/4/letter.txt"));

        assertThat(archive.execute(Given.work(task))).isEqualTo(first);
    }

    @Test
    void doesNotNameADocumentOfAnotherGrant() throws Exception {
        bucket.put("customers/4/letter.txt", "letter");
        Task task = export("4", letters());
        archive.execute(Given.work(task));
        task.getGrant().setGrantId("the-next-grant");

        assertThat(archive.earlierOutcomes(task)).isEmpty();
    }

    @Test
    void namesADocumentThatWasWrittenBesideAReceiptOfNothing() throws Exception {
        bucket.put("customers/4/letter.txt", "letter");
        Task task = export("4", letters());
        int[] looks = {0};
        GrantGuard standstill = () -> {
            if (++looks[0] == 2) {
                bucket.client()
                        .deleteObject(delete -> delete.bucket(bucket.name()).key("customers/4/letter.txt"));
                assertThat(archive.execute(Given.work(task)).get(0).getDisposition())
                        .isEqualTo(Disposition.NOT_FOUND);
            }
        };

        List<DatasetOutcome> late = archive.execute(Given.work(task, standstill));

        assertThat(late.get(0).getDocument()).isNotNull();
        assertThat(archive.earlierOutcomes(task)).isEqualTo(late);
    }

    private void removeReceipts() {
        for (String key : bucket.keys("receipts/")) {
            bucket.client().deleteObject(delete -> delete.bucket(bucket.name()).key(key));
        }
    }

    private ExportedDocument exported(Task task) throws Exception {
        return Objects.requireNonNull(archive.execute(Given.work(task)).get(0).getDocument());
    }

    private Task export(String customer, Dataset... datasets) {
        return Given.task(Action.EXPORT, customer, datasets).build();
    }

    private Dataset letters() {
        return Given.letters(bucket.name()).build();
    }

    private Dataset payslips() {
        return Given.letters(bucket.name())
                .setName("payslips")
                .setLocator(new Locator("customer_id", "customers/{identifier}/payslips/", List.of()))
                .setFields(List.of(new Field("content", "financial", Transformation.REDACT)))
                .build();
    }
}
