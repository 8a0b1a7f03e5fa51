package io.quittance.executor.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.quittance.executor.DataSystem;
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
import io.quittance.schema.Task;
import io.quittance.schema.Transformation;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A request, or an approver, left out a folder inside the folder that the task is about. */
@WithHarness
class SparedIT {
    private static final String LETTER = "customers/4/letter.txt";
    private static final String INVOICE = "customers/4/invoices/1.txt";

    private final Bucket bucket;
    private final DataSystem archive;

    SparedIT(S3Process s3) {
        bucket = Bucket.create(s3);
        archive = new S3ExecutorPlugin()
                .createSystem(Given.config(s3, bucket.name(), Map.of()), Clock.fixed(Given.NOW, ZoneOffset.UTC));
    }

    @BeforeEach
    void aLetterAndAnInvoice() {
        bucket.put(LETTER, "Dear customer");
        bucket.put(INVOICE, "to be kept for ten years");
    }

    @AfterEach
    void close() {
        archive.close();
    }

    @Test
    void aDeleteLeavesItAlone() throws Exception {
        DatasetOutcome outcome = archive.execute(Given.work(lettersOnly(Action.DELETE, invoices())))
                .get(0);

        assertThat(outcome.getDisposition()).isEqualTo(Disposition.ERASED);
        assertThat(outcome.getAffected()).isEqualTo(1);
        assertThat(bucket.keys("customers/")).containsExactly(INVOICE);
    }

    @Test
    void anExportDoesNotHandItOut() throws Exception {
        DatasetOutcome outcome = archive.execute(Given.work(lettersOnly(Action.EXPORT, invoices())))
                .get(0);

        ExportedDocument document = Objects.requireNonNull(outcome.getDocument());
        assertThat(document.getRecords()).isEqualTo(1);
        assertThat(bucket.read(document).at("/datasets/0/records/0/name").asText())
                .isEqualTo("letter.txt");
    }

    @Test
    void nothingIsDoneWhereItsPlaceCannotBeKnown() {
        Dataset byEmail = Dataset.newBuilder(invoices())
                .setLocator(new Locator("email", "customers/{identifier}/invoices/", List.of()))
                .build();

        TaskFailure failure = catchThrowableOfType(
                TaskFailure.class, () -> archive.execute(Given.work(lettersOnly(Action.DELETE, byEmail))));

        assertThat(failure.code()).isEqualTo("MISSING_IDENTIFIER");
        assertThat(bucket.keys("customers/")).containsExactlyInAnyOrder(LETTER, INVOICE);
    }

    @Test
    void whatLiesElsewhereNeedsNoIdentifier() throws Exception {
        Dataset tickets = Dataset.newBuilder(invoices())
                .setLocator(new Locator("email", "tickets/{identifier}/", List.of()))
                .build();

        archive.execute(Given.work(lettersOnly(Action.DELETE, tickets)));

        assertThat(bucket.keys("customers/")).isEmpty();
    }

    private Task lettersOnly(Action action, Dataset spared) {
        return Given.task(action, "4", Given.letters(bucket.name()).build())
                .setSpared(List.of(spared))
                .build();
    }

    private Dataset invoices() {
        return Given.letters(bucket.name())
                .setName("invoices")
                .setLocator(new Locator("customer_id", "customers/{identifier}/invoices/", List.of()))
                .setFields(List.of(new Field("content", "billing", Transformation.REDACT)))
                .build();
    }
}
