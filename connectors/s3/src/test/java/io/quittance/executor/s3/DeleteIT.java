package io.quittance.executor.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quittance.executor.DataSystem;
import io.quittance.executor.TaskFailure;
import io.quittance.harness.S3Process;
import io.quittance.harness.junit.WithHarness;
import io.quittance.schema.Action;
import io.quittance.schema.Dataset;
import io.quittance.schema.DatasetOutcome;
import io.quittance.schema.Disposal;
import io.quittance.schema.Disposition;
import io.quittance.schema.Locator;
import io.quittance.schema.Task;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@WithHarness
class DeleteIT {
    private final S3Process s3;
    private final Bucket bucket;
    private final DataSystem archive;

    DeleteIT(S3Process s3) {
        bucket = Bucket.create(s3);
        this.s3 = s3;
        archive = open(Map.of("s3.page.size", "10"));
    }

    @AfterEach
    void close() {
        archive.close();
    }

    @Test
    void removesTheSubjectsObjectsAndNobodyElses() throws Exception {
        bucket.put("customers/4/letter.txt", "mine");
        bucket.put("customers/4/2024/deep/letter.txt", "mine");
        bucket.put("customers/42/letter.txt", "not mine");
        bucket.put("customers/letter.txt", "nobody's");

        List<DatasetOutcome> outcomes = archive.execute(Given.work(delete("4", letters())));

        assertThat(outcomes).containsExactly(outcome("letters", Disposition.ERASED, 2, 2, 0));
        assertThat(bucket.keys("customers/")).containsExactly("customers/42/letter.txt", "customers/letter.txt");
    }

    @Test
    void findsNothingOfAStranger() throws Exception {
        bucket.put("customers/42/letter.txt", "not mine");

        assertThat(archive.execute(Given.work(delete("4", letters()))))
                .containsExactly(outcome("letters", Disposition.NOT_FOUND, 0, 0, 0));
        assertThat(bucket.keys("customers/")).hasSize(1);
    }

    @Test
    void removesMoreThanOnePage() throws Exception {
        bucket.putMany("customers/4/", 1_003);

        try (DataSystem byThousands = open(Map.of())) {
            assertThat(byThousands.execute(Given.work(delete("4", letters()))))
                    .containsExactly(outcome("letters", Disposition.ERASED, 1_003, 1_003, 0));
        }
        assertThat(bucket.keys("customers/")).isEmpty();
    }

    @Test
    void reportsTheOriginalCountsWhenDeliveredAgain() throws Exception {
        bucket.putMany("customers/4/", 3);
        Task task = delete("4", letters());
        List<DatasetOutcome> first = archive.execute(Given.work(task));

        assertThat(archive.execute(Given.work(task))).isEqualTo(first);
        assertThat(archive.execute(
                        Given.work(Task.newBuilder(task).setAttempt(2).build())))
                .isEqualTo(first);
        assertThat(archive.earlierOutcomes(task)).isEqualTo(first);
    }

    @Test
    void removesWhatWasWrittenSinceWhenDeliveredAgain() throws Exception {
        bucket.putMany("customers/4/", 3);
        Task task = delete("4", letters());
        archive.execute(Given.work(task));
        bucket.put("customers/4/late.txt", "written after the first delivery");

        assertThat(archive.execute(Given.work(task))).containsExactly(outcome("letters", Disposition.ERASED, 4, 4, 0));
        assertThat(bucket.keys("customers/")).isEmpty();
    }

    @Test
    void saysThatPartIsGoneWhenTheGrantEndsUnderway() throws Exception {
        bucket.putMany("customers/4/", 13);
        Task task = delete("4", letters());

        TaskFailure failure = catchThrowableOfType(
                TaskFailure.class, () -> archive.execute(Given.work(task, Given.permittedTimes(2))));

        assertThat(failure.code()).isEqualTo("PARTLY_DONE");
        assertThat(failure.kind()).isEqualTo(TaskFailure.Kind.FAILED);
        assertThat(failure.detail()).contains("REVOKED");
        assertThat(bucket.keys("customers/")).hasSize(3);
        assertThat(catchThrowableOfType(TaskFailure.class, () -> archive.earlierOutcomes(task))
                        .code())
                .isEqualTo("PARTLY_DONE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"FROZEN", "TASK_OVERDUE"})
    void isWorthAnotherAttemptWhenInterruptedUnderAGrantThatIsOpen(String code) throws Exception {
        bucket.putMany("customers/4/", 13);
        Task task = delete("4", letters());

        TaskFailure failure = catchThrowableOfType(
                TaskFailure.class, () -> archive.execute(Given.work(task, Given.permittedTimes(2, code))));

        assertThat(failure.code()).isEqualTo("PARTLY_DONE");
        assertThat(failure.retryable()).isTrue();
        assertThat(failure.detail()).contains(code);
    }

    @Test
    void reportsTheOriginalCountsAfterBeingCutShort() throws Exception {
        bucket.putMany("customers/4/", 13);
        Task task = delete("4", letters());
        assertThatThrownBy(() -> archive.execute(Given.work(task, Given.permittedTimes(2))))
                .isInstanceOf(TaskFailure.class);

        assertThat(archive.execute(Given.work(task)))
                .containsExactly(outcome("letters", Disposition.ERASED, 13, 13, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void touchesNothingWithoutAGrant(int timesPermitted) throws Exception {
        bucket.putMany("customers/4/", 3);
        Task task = delete("4", letters());

        TaskFailure failure = catchThrowableOfType(
                TaskFailure.class, () -> archive.execute(Given.work(task, Given.permittedTimes(timesPermitted))));

        assertThat(failure.kind()).isEqualTo(TaskFailure.Kind.REFUSED);
        assertThat(bucket.keys("customers/")).hasSize(3);
        assertThat(archive.earlierOutcomes(task)).isEmpty();
        assertThat(archive.execute(Given.work(task))).containsExactly(outcome("letters", Disposition.ERASED, 3, 3, 0));
    }

    @Test
    void keepsWhatIsRetainedEvenBelowAnErasedPrefix() throws Exception {
        bucket.put("customers/4/letter.txt", "letter");
        bucket.put("customers/4/invoices/1.txt", "invoice");
        bucket.put("customers/4/invoices/2.txt", "invoice");
        Dataset invoices = letters("invoices", "customers/{identifier}/invoices/")
                .setOnDelete(Disposal.RETAIN)
                .setLegalGround("HGB § 257")
                .build();

        List<DatasetOutcome> outcomes = archive.execute(Given.work(delete("4", letters(), invoices)));

        DatasetOutcome retained = outcome("invoices", Disposition.RETAINED, 2, 0, 2);
        retained.setLegalGround("HGB § 257");
        assertThat(outcomes).containsExactly(outcome("letters", Disposition.ERASED, 1, 1, 0), retained);
        assertThat(bucket.keys("customers/"))
                .allMatch(key -> key.contains("/invoices/"))
                .hasSize(2);
    }

    @Test
    void saysUntilWhenBackupsHoldCopies() throws Exception {
        bucket.put("customers/4/letter.txt", "letter");
        Dataset backedUp = Given.letters(bucket.name()).setBackupDays(30).build();

        DatasetOutcome expected = outcome("letters", Disposition.BACKUP_UNTIL, 1, 1, 0);
        expected.setBackupUntil(Given.NOW.plus(Duration.ofDays(30)));
        assertThat(archive.execute(Given.work(delete("4", backedUp)))).containsExactly(expected);
    }

    @Test
    void refusesToEraseACategoryThatWasNotGranted() {
        bucket.put("customers/4/letter.txt", "letter");
        Task task = delete("4", letters());
        task.setGrant(Given.grant(task.getRequestId(), Action.DELETE, List.of("financial")));

        assertThat(codeOf(task)).isEqualTo("GRANT_TOO_NARROW");
        assertThat(bucket.keys("customers/")).hasSize(1);
    }

    @Test
    void cannotAnonymizeObjects() {
        bucket.put("customers/4/letter.txt", "letter");

        assertThat(codeOf(Given.task(Action.ANONYMIZE, "4", letters()).build())).isEqualTo("UNSUPPORTED_ACTION");
        assertThat(bucket.keys("customers/")).hasSize(1);
    }

    @Test
    void refusesTwoDatasetsThatFindTheSameObjects() {
        Dataset same = letters("same", "customers/{identifier}/").build();

        assertThat(codeOf(delete("4", letters(), same))).isEqualTo("BAD_LOCATOR");
    }

    @Test
    void refusesToRetainWithoutAGround() {
        Dataset groundless = Given.letters(bucket.name())
                .setOnDelete(Disposal.RETAIN)
                .setLegalGround(null)
                .build();

        assertThat(codeOf(delete("4", groundless))).isEqualTo("NO_LEGAL_GROUND");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "../42", "42/", "4\u0000", "4\n"})
    void refusesAHostileIdentifier(String identifier) {
        bucket.put("customers/42/letter.txt", "not mine");

        assertThat(codeOf(delete(identifier, letters()))).isEqualTo("BAD_IDENTIFIER");
        assertThat(bucket.keys("customers/")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"🦊", "שלום\u202e", "a b+c&d%2F?x=#1", "'; drop table customers; --", "{identifier}", "*"})
    void takesAnOddIdentifierLiterally(String identifier) throws Exception {
        bucket.put("customers/" + identifier + "/letter.txt", "mine");
        bucket.put("customers/42/letter.txt", "not mine");

        assertThat(archive.execute(Given.work(delete(identifier, letters()))))
                .containsExactly(outcome("letters", Disposition.ERASED, 1, 1, 0));
        assertThat(bucket.keys("customers/")).containsExactly("customers/42/letter.txt");
    }

    @Test
    void leavesAReceiptWithoutPersonalData() throws Exception {
        bucket.put("customers/anna@example.org/letter-to-anna.txt", "letter");
        Task task = delete("anna@example.org", letters());

        archive.execute(Given.work(task));

        List<String> receipts = bucket.keys("receipts/");
        String receipt = new String(bucket.get(receipts.get(0)), StandardCharsets.UTF_8);
        assertThat(receipts).hasSize(1).noneMatch(key -> key.contains("anna"));
        assertThat(receipt).doesNotContain("anna");
        assertThat(new ObjectMapper()
                        .readTree(receipt)
                        .at("/datasets/0/matched")
                        .asLong())
                .isEqualTo(1);
    }

    private DataSystem open(Map<String, String> more) {
        return new S3ExecutorPlugin()
                .createSystem(Given.config(s3, bucket.name(), more), Clock.fixed(Given.NOW, ZoneOffset.UTC));
    }

    private String codeOf(Task task) {
        return catchThrowableOfType(TaskFailure.class, () -> archive.execute(Given.work(task)))
                .code();
    }

    private Task delete(String customer, Dataset... datasets) {
        return Given.task(Action.DELETE, customer, datasets).build();
    }

    private Dataset letters() {
        return Given.letters(bucket.name()).build();
    }

    private Dataset.Builder letters(String name, String template) {
        return Given.letters(bucket.name()).setName(name).setLocator(new Locator("customer_id", template, List.of()));
    }

    private static DatasetOutcome outcome(
            String dataset, Disposition disposition, long matched, long affected, long residual) {
        return new DatasetOutcome(dataset, disposition, matched, affected, residual, null, null, null);
    }
}
