package io.quittance.streams.domain;

import static io.quittance.streams.domain.Scenario.approving;
import static io.quittance.streams.domain.Scenario.given;
import static io.quittance.streams.domain.model.Action.DELETE;
import static io.quittance.streams.domain.model.Action.EXPORT;
import static io.quittance.streams.domain.model.RequestState.CANCELLED;
import static io.quittance.streams.domain.model.RequestState.EXECUTING;
import static io.quittance.streams.domain.model.RequestState.FAILED;
import static io.quittance.streams.domain.model.RequestState.FULFILLED;
import static io.quittance.streams.domain.model.RequestState.PARTIALLY_FULFILLED;
import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.streams.domain.model.TaskState;
import io.quittance.streams.domain.model.TaskStatus;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryTest {
    private static final String R = "r";

    @Test
    void whenAllAttemptsHaveFailedTheRequestWaitsForAnOrder() {
        Scenario told = exhausted(given().onlySystem("shop"));

        told.thenStands(R, EXECUTING);
        assertThat(told.theCase(R).task("shop").map(TaskState::status)).contains(TaskStatus.EXHAUSTED);
        assertThat(told.theCase(R).story().trail()).extracting("code").contains("RETRY_WANTED");
        assertThat(told.effects(Effect.Notify.class)).extracting("code").containsOnlyOnce("TASK_FAILED");
    }

    @Test
    void anOrderGivesAsManyAttemptsAnewUnderTheSameGrant() {
        Scenario told = exhausted(given().onlySystem("shop"));

        told.retry(R).thenAccepted();
        assertThat(told.issued(R)).containsExactly("shop#1", "shop#2", "shop#3", "shop#4");
        told.failed(R, "shop", true).after(Duration.ofSeconds(10));
        told.failed(R, "shop", true).after(Duration.ofSeconds(20));
        assertThat(told.issued(R)).hasSize(6);
        told.done(R, "shop").thenStands(R, FULFILLED);
        assertThat(told.theCase(R).authority().grants()).hasSize(1);
    }

    @Test
    void whereNobodyOrdersTheRequestClosesByItselfWithTheGrantAtTheLatest() {
        Scenario told = exhausted(given().onlySystem("shop"));
        assertThat(told.due()).isEqualTo(Scenario.START.plus(Duration.ofMinutes(30)));

        told.after(Duration.ofMinutes(30)).thenStands(R, FAILED);
        assertThat(told.due()).isNull();
        assertThat(told.theCase(R).task("shop").map(TaskState::code)).contains("TARGET_DOWN");
    }

    @Test
    void anOrderIsWaitedForOnlyAsLongAsTheSettingSays() {
        Settings impatient = withRetryOrderWait(Duration.ofMinutes(1));
        Scenario told = exhausted(given().onlySystem("shop").settings(impatient));

        told.after(Duration.ofMinutes(1)).thenStands(R, FAILED);
    }

    @Test
    void whatTheOthersHaveDoneIsKept() {
        Scenario told = exhausted(given()).done(R, "archive").thenStands(R, EXECUTING);

        told.after(Duration.ofMinutes(30)).thenStands(R, PARTIALLY_FULFILLED);
    }

    @Test
    void laterStagesWaitForTheOrderToo() {
        Scenario told = exhausted(given().onlySystem("search", "shop").system("shop"));
        assertThat(told.theCase(R).task("search").map(TaskState::status)).contains(TaskStatus.WAITING);

        told.retry(R).done(R, "shop").done(R, "search").thenStands(R, FULFILLED);
    }

    @Test
    void whatFailedForGoodCanBeRetriedWhileOthersRun() {
        Scenario told = given().rule(approving()).submit(R, DELETE).failed(R, "shop", false);

        told.retry(R, "shop").thenAccepted();
        assertThat(told.issued(R)).containsExactlyInAnyOrder("shop#1", "archive#1", "shop#2");
        told.done(R, "shop").done(R, "archive").thenStands(R, FULFILLED);
    }

    @Test
    void anAttemptThatIsPutOffGoesOutAtOnceWhenOrdered() {
        Scenario told =
                given().onlySystem("shop").rule(approving()).submit(R, DELETE).failed(R, "shop", true);

        told.retry(R);

        assertThat(told.issued(R)).containsExactly("shop#1", "shop#2");
    }

    @Test
    void onlyTheSystemsThatTheOrderNamesAreRetried() {
        Scenario told = given().rule(approving())
                .system("crm")
                .submit(R, DELETE)
                .failed(R, "shop", false)
                .failed(R, "archive", false);

        told.retry(R, "archive");

        assertThat(told.issued(R)).contains("archive#2").doesNotContain("shop#2");
    }

    @Test
    void whereNothingHasFailedThereIsNothingToRetry() {
        Scenario told = given().rule(approving()).submit(R, DELETE);

        told.retry(R).thenRefused(Refusal.NOTHING_TO_RETRY);
        assertThat(told.theCase(R).story().trail()).extracting("code").contains("NOTHING_TO_RETRY");
        told.retry(null).thenRefused(Refusal.NOTHING_TO_RETRY);
        assertThat(told.effects(Effect.DeadLetterInput.class)).hasSize(1);
    }

    @Test
    void withoutARequestEveryOneOfTheSubjectIsRetried() {
        Scenario told = given().onlySystem("shop").rule(approving());
        told.submit("a", EXPORT).submit("b", EXPORT).failed("a", "shop", true).failed("b", "shop", true);

        told.retry(null);

        assertThat(told.issued("a")).hasSize(2);
        assertThat(told.issued("b")).hasSize(2);
    }

    @Test
    void whatIsBeingStoppedIsNotRetried() {
        Scenario told = given().rule(approving())
                .submit(R, DELETE)
                .failed(R, "shop", false)
                .withdraw(R);

        told.retry(R).thenRefused(Refusal.STOPPING);
        told.refused(R, "archive", "REVOKED").thenStands(R, CANCELLED);
        told.retry(R).thenRefused(Refusal.REQUEST_CLOSED);
        told.retry("nobody").thenRefused(Refusal.UNKNOWN_REQUEST);
    }

    @Test
    void aRequestThatWaitsForAnOrderCanBeWithdrawn() {
        Scenario told = exhausted(given().onlySystem("shop")).withdraw(R).thenStands(R, CANCELLED);

        assertThat(told.theCase(R).task("shop").map(TaskState::status)).contains(TaskStatus.FAILED);
    }

    @Test
    void whatWasTriedBeforeAnOrderIsNotSaidNeverToHaveStarted() {
        Scenario told = exhausted(given().onlySystem("shop"))
                .frozen(io.quittance.streams.domain.model.Freeze.ofEverything("stop"))
                .retry(R)
                .withdraw(R);

        assertThat(told.theCase(R).task("shop").map(TaskState::status)).contains(TaskStatus.FAILED);
    }

    /** Three attempts at the shop fail; whatever else there is has not answered. */
    private static Scenario exhausted(Scenario told) {
        told.rule(approving()).submit(R, DELETE);
        told.failed(R, "shop", true).after(Duration.ofSeconds(10));
        told.failed(R, "shop", true).after(Duration.ofSeconds(20));
        return told.failed(R, "shop", true);
    }

    private static Settings withRetryOrderWait(Duration wait) {
        Settings byDefault = Settings.DEFAULTS;
        return new Settings(
                byDefault.regimes(),
                byDefault.maxOpenPerSubject(),
                byDefault.maxIdentifierBytes(),
                byDefault.maxEarlyPerSubject(),
                byDefault.keepEarly(),
                byDefault.maxMarkers(),
                byDefault.keepMarkers(),
                byDefault.maxTrail(),
                byDefault.retryBase(),
                byDefault.retryMax(),
                byDefault.unreachableRecheck(),
                byDefault.grantGrace(),
                wait,
                byDefault.auditDelay(),
                byDefault.signaturesRequired());
    }
}
