package io.quittance.executor.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quittance.executor.DataSystem;
import io.quittance.executor.Given;
import io.quittance.executor.Pseudonyms;
import io.quittance.executor.TaskFailure;
import io.quittance.executor.Work;
import io.quittance.executor.grant.Authenticity;
import io.quittance.executor.grant.GrantCheck;
import io.quittance.schema.Action;
import io.quittance.schema.Completion;
import io.quittance.schema.CompletionStatus;
import io.quittance.schema.DatasetOutcome;
import io.quittance.schema.Disposition;
import io.quittance.schema.Identifiers;
import io.quittance.schema.Sealed;
import io.quittance.schema.Task;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskExecutionTest {
    private static final List<DatasetOutcome> ERASED = List.of(outcome(Disposition.ERASED));

    private interface Step {
        List<DatasetOutcome> run(Work work) throws TaskFailure, InterruptedException;
    }

    /** A system that does what a test told it to, one step per call. */
    private static final class ScriptedSystem implements DataSystem {
        private final Deque<Step> steps = new ArrayDeque<>();
        private List<DatasetOutcome> earlier = List.of();
        private boolean partly;
        private int calls;

        @Override
        public List<DatasetOutcome> execute(Work work) throws TaskFailure, InterruptedException {
            calls++;
            Step step = steps.size() > 1 ? steps.poll() : steps.element();
            return step.run(work);
        }

        @Override
        public List<DatasetOutcome> earlierOutcomes(Task task) throws TaskFailure {
            if (partly) {
                throw TaskFailure.failed("PARTLY_DONE", "part of it is gone");
            }
            return earlier;
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }

    private final ScriptedSystem system = new ScriptedSystem();
    private final AtomicReference<@Nullable String> order = new AtomicReference<>();

    @Test
    void aTaskThatWasCarriedOutIsDone() throws InterruptedException {
        system.steps.add(work -> ERASED);

        Completion completion = carryOut(Given.task());
        assertThat(completion.getStatus()).isEqualTo(CompletionStatus.DONE);
        assertThat(completion.getDatasets()).isEqualTo(ERASED);
        assertThat(completion.getTaskId()).isEqualTo("request-1/shop");
        assertThat(completion.getAttempt()).isEqualTo(3);
        assertThat(completion.getGrantId()).isEqualTo("grant-1");
        assertThat(completion.getCode()).isNull();
    }

    @Test
    void aFailureThatMayPassIsTriedAgain() throws InterruptedException {
        system.steps.add(work -> {
            throw TaskFailure.retryable("DATABASE_UNAVAILABLE", "away");
        });
        system.steps.add(work -> ERASED);

        assertThat(carryOut(Given.task()).getStatus()).isEqualTo(CompletionStatus.DONE);
    }

    @Test
    void aFailureThatDoesNotPassIsReportedAsWorthAnotherAttempt() throws InterruptedException {
        system.steps.add(work -> {
            throw TaskFailure.retryable("DATABASE_UNAVAILABLE", "away");
        });

        Completion completion = carryOut(Given.task());
        assertThat(completion.getStatus()).isEqualTo(CompletionStatus.FAILED);
        assertThat(completion.getRetryable()).isTrue();
        assertThat(completion.getCode()).isEqualTo("DATABASE_UNAVAILABLE");
        assertThat(system.calls).isEqualTo(3);
    }

    @Test
    void aFailureThatTryingAgainDoesNotMendIsTriedOnce() throws InterruptedException {
        system.steps.add(work -> {
            throw TaskFailure.failed("UNMAPPED_DATASET", "gone");
        });

        Completion completion = carryOut(Given.task());
        assertThat(completion.getStatus()).isEqualTo(CompletionStatus.FAILED);
        assertThat(completion.getRetryable()).isFalse();
        assertThat(system.calls).isEqualTo(1);
    }

    @Test
    void theGrantIsCheckedBeforeEachTry() throws InterruptedException {
        system.steps.add(work -> {
            order.set("REVOKED");
            throw TaskFailure.retryable("DATABASE_UNAVAILABLE", "away");
        });

        Completion completion = carryOut(Given.task());
        assertThat(completion.getStatus()).isEqualTo(CompletionStatus.REFUSED);
        assertThat(completion.getCode()).isEqualTo("REVOKED");
        assertThat(system.calls).isEqualTo(1);
    }

    @Test
    void theGuardSaysWhatHasChangedSince() throws InterruptedException {
        system.steps.add(work -> {
            work.guard().ensureValid();
            order.set("REVOKED");
            work.guard().ensureValid();
            return ERASED;
        });

        assertThat(carryOut(Given.task()).getCode()).isEqualTo("REVOKED");
    }

    @Test
    void theUnforeseenIsNamedByItsClassAndNeverByItsMessage() throws InterruptedException {
        system.steps.add(work -> {
            throw new IllegalStateException("anna@example.org");
        });

        Completion completion = carryOut(Given.task());
        assertThat(completion.getStatus()).isEqualTo(CompletionStatus.FAILED);
        assertThat(completion.getRetryable()).isTrue();
        assertThat(completion.getCode()).isEqualTo("UNEXPECTED");
        assertThat(completion.toString()).contains("IllegalStateException").doesNotContain("anna");
    }

    @Test
    void anUnknownActionIsRefused() throws InterruptedException {
        Task task = Given.task();
        task.setAction(Action.UNKNOWN);
        task.getGrant().setAction(Action.UNKNOWN);

        assertRefused(task, "UNKNOWN_ACTION");
    }

    @Test
    void aTaskWithoutDatasetsIsRefused() throws InterruptedException {
        Task task = Given.task();
        task.setDatasets(List.of());

        assertRefused(task, "UNMAPPED");
    }

    @Test
    void aTaskWithoutTheIdentifierItNeedsIsRefusedSealedOrNot() throws InterruptedException {
        Task task = Given.task();
        task.setIdentifiers(
                new Identifiers(Map.of("phone", "1"), new Sealed("key-1", "aes", ByteBuffer.wrap(new byte[] {1}))));

        assertRefused(task, "MISSING_IDENTIFIER");
    }

    @Test
    void aTaskThatIsTooLongIsRefused() throws InterruptedException {
        Completion completion = execution().carryOut(Given.task(), 1_001);

        assertThat(completion.getCode()).isEqualTo("TASK_TOO_LARGE");
        assertThat(completion.getStatus()).isEqualTo(CompletionStatus.REFUSED);
    }

    @Test
    void whatWasDoneUnderAGrantThatEndedSinceIsReportedAsDone() throws InterruptedException {
        order.set("REVOKED");
        system.earlier = ERASED;

        Completion completion = carryOut(Given.task());
        assertThat(completion.getStatus()).isEqualTo(CompletionStatus.DONE);
        assertThat(completion.getDatasets()).isEqualTo(ERASED);
        assertThat(system.calls).isZero();
    }

    @Test
    void frozenWorkIsRefusedAndNotTriedAgainByTheExecutor() throws InterruptedException {
        order.set("FROZEN");

        assertRefused(Given.task(), "FROZEN");
    }

    @Test
    void aFreezeDoesNotHideWhatWasDoneBeforeIt() throws InterruptedException {
        order.set("FROZEN");
        system.earlier = ERASED;

        assertThat(carryOut(Given.task()).getStatus()).isEqualTo(CompletionStatus.DONE);
    }

    @ParameterizedTest
    @CsvSource({"FROZEN, true", "TASK_OVERDUE, true", "REVOKED, false", "GRANT_EXPIRED, false"})
    void whatWasInterruptedIsWorthAnotherAttemptAsLongAsTheGrantIsOpen(String code, boolean retryable)
            throws InterruptedException {
        system.partly = true;
        order.set(code);

        Completion completion = carryOut(Given.task());

        assertThat(completion.getCode()).isEqualTo("PARTLY_DONE");
        assertThat(completion.getRetryable()).isEqualTo(retryable);
    }

    @Test
    void earlierEvidenceIsNotHandedToATaskThatWasNeverPermitted() throws InterruptedException {
        system.earlier = ERASED;
        Task forged = Given.task();
        forged.getGrant().setSubjectId("subject-2");

        assertRefused(forged, "GRANT_MISMATCH");
    }

    @Test
    void aDatasetWithSomethingLeftMakesTheTaskFailed() throws InterruptedException {
        system.steps.add(work -> List.of(outcome(Disposition.ERASED), outcome(Disposition.FAILED)));

        Completion completion = carryOut(Given.task());
        assertThat(completion.getStatus()).isEqualTo(CompletionStatus.FAILED);
        assertThat(completion.getCode()).isEqualTo("RESIDUAL_FOUND");
        assertThat(completion.getDatasets()).hasSize(2);
    }

    @Test
    void aStoppingExecutorAnswersNothing() {
        system.steps.add(work -> {
            throw new InterruptedException("stopping");
        });

        assertThatThrownBy(() -> carryOut(Given.task())).isInstanceOf(InterruptedException.class);
    }

    @Test
    void workDoesNotShowThePersonWhenPrinted() throws InterruptedException {
        StringBuilder printed = new StringBuilder();
        system.steps.add(work -> {
            printed.append(work);
            return ERASED;
        });
        carryOut(Given.task());

        assertThat(printed).contains("request-1/shop").doesNotContain("anna");
    }

    private void assertRefused(Task task, String code) throws InterruptedException {
        Completion completion = carryOut(task);
        assertThat(completion.getStatus()).isEqualTo(CompletionStatus.REFUSED);
        assertThat(completion.getCode()).isEqualTo(code);
        assertThat(completion.getRetryable()).isFalse();
        assertThat(completion.getDatasets()).isEmpty();
        assertThat(system.calls).isZero();
    }

    private Completion carryOut(Task task) throws InterruptedException {
        return execution().carryOut(task, 1_000);
    }

    private TaskExecution execution() {
        Clock clock = Clock.fixed(Given.NOW, ZoneOffset.UTC);
        return new TaskExecution(
                system,
                new GrantCheck("shop", Duration.ZERO, clock, task -> obey(order.get()), Authenticity.BY_TOPIC),
                Pseudonyms.withoutKey(),
                new RetrySettings(3, Duration.ofMillis(1), Duration.ofMillis(2)),
                1_000,
                "executor test",
                clock);
    }

    private static void obey(@Nullable String order) throws TaskFailure {
        if (order != null) {
            throw TaskFailure.refused(order, "An order has come.");
        }
    }

    private static DatasetOutcome outcome(Disposition disposition) {
        return DatasetOutcome.newBuilder()
                .setDataset("customers")
                .setDisposition(disposition)
                .setMatched(1)
                .setAffected(1)
                .build();
    }
}
