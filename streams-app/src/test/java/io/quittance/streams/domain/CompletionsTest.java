package io.quittance.streams.domain;

import static io.quittance.streams.domain.Scenario.approving;
import static io.quittance.streams.domain.Scenario.asking;
import static io.quittance.streams.domain.Scenario.given;
import static io.quittance.streams.domain.model.Action.DELETE;
import static io.quittance.streams.domain.model.Action.EXPORT;
import static io.quittance.streams.domain.model.RequestState.AWAITING_APPROVAL;
import static io.quittance.streams.domain.model.RequestState.EXECUTING;
import static io.quittance.streams.domain.model.RequestState.EXPIRED;
import static io.quittance.streams.domain.model.RequestState.FAILED;
import static io.quittance.streams.domain.model.RequestState.FULFILLED;
import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.streams.domain.Command.CompletionStatus;
import io.quittance.streams.domain.model.Dataset;
import io.quittance.streams.domain.model.DatasetOutcome;
import io.quittance.streams.domain.model.Disposal;
import io.quittance.streams.domain.model.Disposition;
import io.quittance.streams.domain.model.ExportedDocument;
import io.quittance.streams.domain.model.Narrowing;
import io.quittance.streams.domain.model.SystemEntry;
import io.quittance.streams.domain.model.TaskState;
import io.quittance.streams.domain.model.TaskStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an executor's report comes to: whether it counts, what of it is believed, and what is told of it. */
class CompletionsTest {
    private static final String R = "r";

    @Test
    void theAnswerOfAnAttemptThatIsOverChangesNothingAndIsRecorded() {
        Scenario told = given().onlySystem("shop").rule(approving()).submit(R, DELETE);
        var late = told.report(R, "shop", CompletionStatus.DONE, false, null);

        told.after(Duration.ofMinutes(5)).apply(late);
        told.thenRefused(Refusal.LATE_COMPLETION).thenStands(R, EXECUTING);
        told.after(Duration.ofSeconds(10)).apply(late).thenRefused(Refusal.LATE_COMPLETION);
        assertThat(told.theCase(R).story().trail()).extracting("code").contains("LATE_COMPLETION");
    }

    /** Whoever restores a backup has to find whom it brings back. */
    @Test
    void whatALateAnswerHasTouchedIsToldThoughItDoesNotCount() {
        Scenario told = given().onlySystem("shop").rule(approving()).submit(R, DELETE);
        var late = told.report(R, "shop", CompletionStatus.DONE, false, null);

        told.after(Duration.ofMinutes(5)).apply(late);

        TaskState task = told.theCase(R).task("shop").orElseThrow();
        assertThat(task.status()).isEqualTo(TaskStatus.RETRYING);
        assertThat(task.outcomes()).extracting("affected").containsOnly(3L);
    }

    @Test
    void alsoWhenTheApproversAreAskedAgain() {
        Scenario told = givenALateReport();

        assertThat(told.theCase(R).task("shop").orElseThrow().outcomes())
                .extracting("affected")
                .containsOnly(3L);
    }

    @Test
    void theSameCompletionTenTimesCountsOnce() {
        Scenario told = given().rule(approving()).submit(R, DELETE);
        var completion = told.report(R, "shop", CompletionStatus.DONE, false, null);
        told.apply(completion).thenAccepted();

        for (int i = 0; i < 9; i++) {
            told.apply(completion).thenNothingFollows();
            assertThat(told.last().repeat()).isTrue();
        }
        told.done(R, "archive").thenStands(R, FULFILLED);
        told.apply(completion).thenNothingFollows();
        assertThat(told.effects(Effect.DeadLetterInput.class)).isEmpty();
    }

    @Test
    void aCompletionUnderAnotherGrantIsRefused() {
        Scenario told = given().rule(approving()).submit(R, DELETE);

        told.apply(told.report(R, "shop", 1, "forged", CompletionStatus.DONE, false, null))
                .thenRefused(Refusal.GRANT_MISMATCH)
                .thenStands(R, EXECUTING);
    }

    @Test
    void anAttemptNeverIssuedIsRefused() {
        Scenario told = given().rule(approving()).submit(R, DELETE);

        told.apply(told.report(R, "shop", 2, R + "#1", CompletionStatus.DONE, false, null))
                .thenRefused(Refusal.UNKNOWN_ATTEMPT);
        told.apply(told.report(R, "atlantis", 1, R + "#1", CompletionStatus.DONE, false, null))
                .thenRefused(Refusal.UNKNOWN_TASK);
    }

    @Test
    void doneIsNotDoneWhileSomethingIsLeft() {
        Scenario told = given().onlySystem("shop").rule(approving()).submit(R, DELETE);
        var leftovers = new Command.Complete(
                R,
                "shop",
                1,
                R + "#1",
                CompletionStatus.DONE,
                false,
                null,
                List.of(Scenario.erased("people", 0), Scenario.erased("payments", 2)),
                "jdbc",
                told.now());

        told.apply(leftovers).thenStands(R, EXECUTING);
        assertThat(told.theCase(R).task("shop").orElseThrow().code()).isEqualTo("RESIDUAL_LEFT");
    }

    @Test
    void whatTheMapErasesIsNotDoneByKeepingIt() {
        Scenario told = given().onlySystem("shop").rule(approving()).submit(R, DELETE);
        var kept = new DatasetOutcome("payments", Disposition.RETAINED, 2, 0, 2, "we like them", null, null);
        var report = new Command.Complete(
                R,
                "shop",
                1,
                R + "#1",
                CompletionStatus.DONE,
                false,
                null,
                List.of(Scenario.erased("people", 0), kept),
                "jdbc",
                told.now());

        told.apply(report).thenStands(R, FAILED);
        assertThat(told.theCase(R).task("shop").orElseThrow().code()).isEqualTo("UNFIT_OUTCOME");
    }

    @Test
    void doneIsNotDoneWhileADatasetIsUnaccountedFor() {
        Scenario told = given().onlySystem("shop").rule(approving()).submit(R, DELETE);
        var partial = new Command.Complete(
                R,
                "shop",
                1,
                R + "#1",
                CompletionStatus.DONE,
                false,
                null,
                List.of(Scenario.erased("people", 0)),
                "jdbc",
                told.now());

        told.apply(partial).thenStands(R, FAILED);
        assertThat(told.theCase(R).task("shop").orElseThrow().code()).isEqualTo("INCOMPLETE_REPORT");
    }

    @Test
    void aMessageInThePlaceOfACodeDoesNotReachTheAudit() {
        Scenario told = given().rule(approving()).onlySystem("shop").submit(R, DELETE);
        told.apply(told.report(R, "shop", CompletionStatus.FAILED, false, "duplicate key (email)=(a@example.org)"));

        assertThat(told.theCase(R).task("shop").orElseThrow().code()).isEqualTo("UNSPECIFIED");
        assertThat(told.effects(Effect.Notify.class))
                .noneSatisfy(notify -> assertThat(notify.detail()).contains("example.org"));
    }

    @Test
    void anOutcomeThatADeleteCannotHaveIsNoEvidenceOfOne() {
        var exported = new DatasetOutcome(
                "people", Disposition.EXPORTED, 1, 1, 0, null, null, new ExportedDocument("s3://x/y", "0", 1, 1));

        reporting(exported, Scenario.erased("payments", 0)).thenStands(R, FAILED);
    }

    @Test
    void aReportOnADatasetThatWasNotPlannedIsNotBelieved() {
        reporting(Scenario.erased("people", 0), Scenario.erased("payments", 0), Scenario.erased("secrets", 0))
                .thenStands(R, FAILED);
    }

    @Test
    void aDatasetReportedTwiceIsNotBelieved() {
        reporting(Scenario.erased("people", 0), Scenario.erased("people", 0), Scenario.erased("payments", 0))
                .thenStands(R, FAILED);
    }

    @Test
    void aReportOnADatasetThatAnApproverLeftOutIsNotBelieved() {
        Scenario told = given().rule(asking()).onlySystem("shop").submit(R, DELETE);
        told.approveOnly(R, "ada", new Narrowing(List.of(), List.of("contact"), null));

        reporting(told, Scenario.erased("people", 0), Scenario.erased("payments", 0))
                .thenStands(R, FAILED);

        assertThat(told.theCase(R).task("shop").orElseThrow().code()).isEqualTo("UNPLANNED_REPORT");
    }

    @Test
    void whatWasToBeErasedIsNotDoneWhenItWasAnonymized() {
        var kept = new DatasetOutcome("payments", Disposition.ANONYMIZED, 3, 3, 0, null, null, null);

        Scenario told = reporting(Scenario.erased("people", 0), kept).thenStands(R, FAILED);

        assertThat(told.theCase(R).task("shop").orElseThrow().code()).isEqualTo("UNFIT_OUTCOME");
    }

    @Test
    void whatWasToBeRetainedIsNotDoneWhenItWasErased() {
        SystemEntry entry = Scenario.entryOf("shop", 1);
        List<Dataset> retained = entry.datasets().stream()
                .map(one -> new Dataset(
                        one.name(), one.location(), one.locator(), one.fields(), Disposal.RETAIN, "a law", 0))
                .toList();
        Scenario told = given().rule(approving())
                .onlySystem("shop")
                .entry(new SystemEntry(
                        "shop", 1, entry.actions(), List.of(), retained, entry.taskTimeout(), entry.maxAttempts()))
                .submit(R, DELETE);

        reporting(told, Scenario.erased("people", 0), Scenario.erased("payments", 0))
                .thenStands(R, FAILED);

        assertThat(told.theCase(R).task("shop").orElseThrow().code()).isEqualTo("UNFIT_OUTCOME");
    }

    @Test
    void whatAFailedAttemptHasErasedStandsInTheAudit() {
        Scenario told = reporting(Scenario.erased("people", 0)).thenStands(R, FAILED);

        assertThat(told.theCase(R).task("shop").orElseThrow().outcomes()).containsExactly(Scenario.erased("people", 0));
    }

    @Test
    void whatAnAttemptHasErasedIsNotForgottenWhenTheNextSaysNothing() {
        Scenario told = given().rule(approving()).onlySystem("shop").submit(R, DELETE);
        reporting(told, Scenario.erased("people", 0), Scenario.erased("payments", 2));

        told.after(Duration.ofMinutes(1)).failed(R, "shop", false).thenStands(R, FAILED);

        assertThat(told.theCase(R).task("shop").orElseThrow().outcomes())
                .containsExactly(Scenario.erased("people", 0), Scenario.erased("payments", 2));
    }

    /** A worker that stood still commits after another has said that the grant had ended. */
    @Test
    void whoeverActsAfterTheAttemptWasRefusedIsNotPassedOver() {
        Scenario told =
                given().rule(approving()).onlySystem("shop").system("crm").submit(R, DELETE);
        Command.Complete late = told.report(R, "shop", CompletionStatus.DONE, false, null);

        told.refused(R, "shop", "REVOKED").apply(late).thenRefused(Refusal.CONTRADICTING_COMPLETION);
        assertThat(told.theCase(R).task("shop").orElseThrow().outcomes()).isEqualTo(late.outcomes());

        told.apply(late);
        assertThat(told.last().repeat()).isTrue();
    }

    @Test
    void whoeverActsAfterTheRequestWasRefusedIsADeadLetter() {
        Scenario told = given().rule(approving()).onlySystem("shop").submit(R, DELETE);
        Command.Complete late = told.report(R, "shop", CompletionStatus.DONE, false, null);
        told.refused(R, "shop", "REVOKED").thenStands(R, EXPIRED);

        told.apply(late).thenRefused(Refusal.CONTRADICTING_COMPLETION);

        assertThat(told.effects(Effect.DeadLetterInput.class)).hasSize(1);
    }

    /** Its worker was killed, rows came, and the worker that took over looked again. */
    @Test
    void whoeverActsAfterNothingWasFoundIsNotPassedOver() {
        Scenario told =
                given().rule(approving()).onlySystem("shop").system("crm").submit(R, DELETE);
        Command.Complete second = told.report(R, "shop", CompletionStatus.DONE, false, null);

        reporting(told, Scenario.notFound("people"), Scenario.notFound("payments"))
                .thenAccepted()
                .apply(second)
                .thenRefused(Refusal.CONTRADICTING_COMPLETION);

        assertThat(told.theCase(R).task("shop").orElseThrow().outcomes()).isEqualTo(second.outcomes());
        told.apply(second);
        assertThat(told.last().repeat()).isTrue();
    }

    @Test
    void whoeverActsAfterNothingWasFoundAndTheRequestHasClosedIsADeadLetter() {
        Scenario told = given().rule(approving()).onlySystem("shop").submit(R, DELETE);
        Command.Complete second = told.report(R, "shop", CompletionStatus.DONE, false, null);
        reporting(told, Scenario.notFound("people"), Scenario.notFound("payments"))
                .thenStands(R, FULFILLED);

        told.apply(second).thenRefused(Refusal.CONTRADICTING_COMPLETION);

        assertThat(told.effects(Effect.DeadLetterInput.class)).hasSize(1);
    }

    /** Under a new plan an executor has no receipt, and finds nothing of what it has erased. */
    @Test
    void whatWasErasedIsNotUndoneByALaterAttemptThatFindsNothing() {
        Scenario told = givenALateReport();

        told.approve(R, "ada");
        reporting(told, Scenario.notFound("people"), Scenario.notFound("payments"))
                .thenStands(R, FULFILLED);

        assertThat(told.theCase(R).task("shop").orElseThrow().outcomes())
                .containsExactly(Scenario.erased("people", 0), Scenario.erased("payments", 0));
    }

    @Test
    void whatIsKeptLaterDoesNotHideWhatWasErasedBefore() {
        var kept = new DatasetOutcome("people", Disposition.RETAINED, 5, 0, 5, "tax law", null, null);

        TaskState task = TaskState.waiting("shop", 0)
                .reporting(List.of(Scenario.erased("people", 0)))
                .reporting(List.of(kept));

        assertThat(task.outcomes())
                .containsExactly(new DatasetOutcome("people", Disposition.RETAINED, 5, 3, 5, "tax law", null, null));
    }

    @Test
    void whatIsDoneInTheEndIsNotToldAsFailed() {
        var partly = new DatasetOutcome("people", Disposition.FAILED, 5, 3, 2, null, null, null);

        TaskState task =
                TaskState.waiting("shop", 0).reporting(List.of(partly)).reporting(List.of(Scenario.notFound("people")));

        assertThat(task.outcomes())
                .containsExactly(new DatasetOutcome("people", Disposition.NOT_FOUND, 5, 3, 0, null, null, null));
    }

    /** Of each dataset, whatever was done to others. */
    @Test
    void whatASecondExecutionTouchedIsToldBesideWhatTheFirstDid() {
        Scenario told =
                given().rule(approving()).onlySystem("shop").system("crm").submit(R, DELETE);
        Command.Complete second = told.report(R, "shop", CompletionStatus.DONE, false, null);
        reporting(told, Scenario.notFound("people"), Scenario.erased("payments", 0));

        told.apply(second).thenRefused(Refusal.CONTRADICTING_COMPLETION);

        assertThat(told.theCase(R).task("shop").orElseThrow().outcomes()).isEqualTo(second.outcomes());
    }

    /** A late one may be of a wider grant. */
    @Test
    void theDocumentThatWasAcceptedIsNotReplacedByALateOne() {
        Scenario told =
                given().rule(approving()).onlySystem("shop").system("crm").submit(R, EXPORT);
        reporting(told, exported("people", 3), exported("payments", 3)).thenAccepted();

        reporting(told, exported("people", 9), exported("payments", 9)).thenRefused(Refusal.CONTRADICTING_COMPLETION);

        assertThat(told.theCase(R).task("shop").orElseThrow().outcomes())
                .containsExactly(exported("people", 3), exported("payments", 3));
    }

    private static DatasetOutcome exported(String dataset, long records) {
        var document = new ExportedDocument("s3://exports/" + records, "ff".repeat(32), 100, records);
        return new DatasetOutcome(dataset, Disposition.EXPORTED, records, records, 0, null, null, document);
    }

    @Test
    void whatIsLeftIsToldByTheLastToLook() {
        Scenario told = given().rule(approving()).onlySystem("shop").submit(R, DELETE);
        reporting(told, Scenario.erased("people", 0), Scenario.erased("payments", 2));

        told.after(Duration.ofMinutes(1));
        reporting(told, Scenario.notFound("people"), Scenario.notFound("payments"))
                .thenStands(R, FULFILLED);

        assertThat(told.theCase(R).task("shop").orElseThrow().outcomes())
                .containsExactly(Scenario.erased("people", 0), Scenario.erased("payments", 0));
    }

    /** Asked again, people left the system out; only then the worker that stood still in it says what it has done. */
    @Test
    void whatWasTouchedUnderAnEarlierGrantIsToldThoughAnotherIsOpen() {
        Scenario told = given().onlySystem("search", "shop")
                .system("shop")
                .rule(asking().askAgain().window(Duration.ofMinutes(5)))
                .submit(R, DELETE)
                .approve(R, "ada");
        Command.Complete late = told.report(R, "shop", CompletionStatus.DONE, false, null);
        told.refused(R, "shop", "GRANT_EXPIRED").after(Duration.ofMinutes(6)).thenStands(R, AWAITING_APPROVAL);
        told.approveOnly(R, "ada", new Narrowing(List.of("search"), List.of(), null));

        told.apply(late).thenRefused(Refusal.GRANT_MISMATCH);

        assertThat(told.theCase(R).task("shop").orElseThrow().outcomes()).isEqualTo(late.outcomes());
    }

    private static Scenario givenALateReport() {
        Scenario told = given().onlySystem("shop")
                .rule(asking().askAgain().window(Duration.ofMinutes(5)))
                .submit(R, DELETE)
                .approve(R, "ada");
        Command.Complete late = told.report(R, "shop", CompletionStatus.DONE, false, null);
        return told.after(Duration.ofMinutes(10))
                .thenStands(R, AWAITING_APPROVAL)
                .apply(late)
                .thenRefused(Refusal.LATE_COMPLETION);
    }

    private static Scenario reporting(DatasetOutcome... outcomes) {
        return reporting(given().rule(approving()).onlySystem("shop").submit(R, DELETE), outcomes);
    }

    private static Scenario reporting(Scenario told, DatasetOutcome... outcomes) {
        Command.Complete report = told.report(R, "shop", CompletionStatus.DONE, false, null);
        return told.apply(new Command.Complete(
                report.requestId(),
                report.system(),
                report.attempt(),
                report.grantId(),
                report.status(),
                false,
                null,
                List.of(outcomes),
                report.executor(),
                report.finishedAt()));
    }
}
