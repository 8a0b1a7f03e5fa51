package io.quittance.executor.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quittance.executor.Given;
import io.quittance.executor.TaskFailure;
import io.quittance.schema.Action;
import io.quittance.schema.Task;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GrantCheckTest {
    private static final Duration SKEW = Duration.ofSeconds(2);

    @Test
    void aGrantForThisTaskHereAndNowPermitsIt() {
        assertThatCode(() -> checkAt(Given.NOW).ensurePermitted(Given.task())).doesNotThrowAnyException();
    }

    @Test
    void aTaskForAnotherSystemIsRefused() {
        Task task = Given.task();
        task.setSystem("crm");
        assertRefused(task, Given.NOW, "WRONG_AUDIENCE");
    }

    @Test
    void aGrantThatLeavesThisSystemOutIsRefused() {
        Task task = Given.task();
        task.getGrant().setSystems(List.of("crm"));
        assertRefused(task, Given.NOW, "WRONG_AUDIENCE");
    }

    @Test
    void aGrantForAnotherRequestSubjectOrActionIsRefused() {
        Task request = Given.task();
        request.getGrant().setRequestId("request-2");
        assertRefused(request, Given.NOW, "GRANT_MISMATCH");

        Task subject = Given.task();
        subject.getGrant().setSubjectId("subject-2");
        assertRefused(subject, Given.NOW, "GRANT_MISMATCH");

        Task action = Given.task();
        action.getGrant().setAction(Action.ACCESS);
        assertRefused(action, Given.NOW, "GRANT_MISMATCH");
    }

    @Test
    void aTaskThatGoesByTheNameOfAnotherIsRefused() {
        Task task = Given.task();
        task.setTaskId("request-2/shop");
        assertRefused(task, Given.NOW, "GRANT_MISMATCH");
    }

    @Test
    void theWindowOpensAtItsBeginningLessTheSkew() {
        Instant notBefore = Given.task().getGrant().getNotBefore();

        assertThatCode(() -> checkAt(notBefore.minus(SKEW)).ensurePermitted(Given.task()))
                .doesNotThrowAnyException();
        assertRefused(Given.task(), notBefore.minus(SKEW).minusMillis(1), "GRANT_NOT_YET_VALID");
    }

    @Test
    void theWindowShutsAtItsEndToTheMillisecondWhateverTheSkew() {
        Instant notAfter = Given.task().getGrant().getNotAfter();

        assertThatCode(() -> checkAt(notAfter.minusMillis(1)).ensurePermitted(Given.task()))
                .doesNotThrowAnyException();
        assertRefused(Given.task(), notAfter, "GRANT_EXPIRED");
    }

    @Test
    void anAttemptThatThePipelineNoLongerWaitsForIsRefused() {
        Task task = Given.task();
        task.setDeadline(Given.NOW);
        assertRefused(task, Given.NOW, "TASK_OVERDUE");
    }

    @Test
    void aRevokedGrantIsRefused() {
        GrantCheck check = new GrantCheck(
                "shop",
                SKEW,
                clockAt(Given.NOW),
                task -> {
                    throw TaskFailure.refused("REVOKED", "revoked");
                },
                Authenticity.BY_TOPIC);

        assertRefused(check, Given.task(), "REVOKED");
    }

    @Test
    void revocationsThatCannotBeReadPermitNothing() {
        GrantCheck check = new GrantCheck(
                "shop",
                SKEW,
                clockAt(Given.NOW),
                task -> {
                    throw TaskFailure.retryable("REVOCATIONS_UNREADABLE", "unreadable");
                },
                Authenticity.BY_TOPIC);

        assertThatThrownBy(() -> check.ensurePermitted(Given.task()))
                .isInstanceOfSatisfying(
                        TaskFailure.class,
                        failure -> assertThat(failure.retryable()).isTrue());
    }

    @Test
    void aWindowThatShutsWhileRevocationsAreReadPermitsNothing() {
        AtomicInteger looks = new AtomicInteger();
        Clock slow = new Clock() {
            @Override
            public Instant instant() {
                return looks.getAndIncrement() == 0 ? Given.NOW : Given.NOW.plusSeconds(120);
            }

            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }
        };

        assertRefused(
                new GrantCheck("shop", SKEW, slow, task -> {}, Authenticity.BY_TOPIC), Given.task(), "GRANT_EXPIRED");
    }

    @Test
    void onlyRefusalsForWhatWasOncePermittedCountAsEnded() {
        assertThat(GrantCheck.isEnded(TaskFailure.refused("GRANT_EXPIRED", "x")))
                .isTrue();
        assertThat(GrantCheck.isEnded(TaskFailure.refused("REVOKED", "x"))).isTrue();
        assertThat(GrantCheck.isEnded(TaskFailure.refused("FROZEN", "x"))).isTrue();
        assertThat(GrantCheck.isEnded(TaskFailure.refused("WRONG_AUDIENCE", "x")))
                .isFalse();
    }

    private static void assertRefused(Task task, Instant now, String code) {
        assertRefused(checkAt(now), task, code);
    }

    private static void assertRefused(GrantCheck check, Task task, String code) {
        assertThatThrownBy(() -> check.ensurePermitted(task)).isInstanceOfSatisfying(TaskFailure.class, failure -> {
            assertThat(failure.code()).isEqualTo(code);
            assertThat(failure.kind()).isEqualTo(TaskFailure.Kind.REFUSED);
        });
    }

    private static GrantCheck checkAt(Instant now) {
        return new GrantCheck("shop", SKEW, clockAt(now), task -> {}, Authenticity.BY_TOPIC);
    }

    private static Clock clockAt(Instant now) {
        return Clock.fixed(now, ZoneOffset.UTC);
    }
}
