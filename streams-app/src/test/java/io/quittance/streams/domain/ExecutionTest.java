package io.quittance.streams.domain;

import static io.quittance.streams.domain.Scenario.approving;
import static io.quittance.streams.domain.Scenario.asking;
import static io.quittance.streams.domain.Scenario.given;
import static io.quittance.streams.domain.model.Action.DELETE;
import static io.quittance.streams.domain.model.Action.EXPORT;
import static io.quittance.streams.domain.model.RequestState.AWAITING_APPROVAL;
import static io.quittance.streams.domain.model.RequestState.CANCELLED;
import static io.quittance.streams.domain.model.RequestState.EXECUTING;
import static io.quittance.streams.domain.model.RequestState.EXPIRED;
import static io.quittance.streams.domain.model.RequestState.FAILED;
import static io.quittance.streams.domain.model.RequestState.FULFILLED;
import static io.quittance.streams.domain.model.RequestState.QUEUED;
import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.streams.domain.Command.CompletionStatus;
import io.quittance.streams.domain.Command.DirectiveKind;
import io.quittance.streams.domain.model.Narrowing;
import io.quittance.streams.domain.model.TaskState;
import io.quittance.streams.domain.model.TaskStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExecutionTest {
    private static final String R = "r";

    @Test
    void systemsAreWorkedOffStageByStage() {
        Scenario told = given().onlySystem("search", "shop")
                .system("shop")
                .rule(approving())
                .submit(R, DELETE);
        assertThat(told.issued(R)).containsExactly("shop#1");

        told.done(R, "shop");
        assertThat(told.issued(R)).containsExactly("shop#1", "search#1");

        told.done(R, "search").thenStands(R, FULFILLED);
    }

    @Test
    void readsNeedNoOrder() {
        Scenario told = given().onlySystem("search", "shop")
                .system("shop")
                .rule(approving())
                .submit(R, EXPORT);

        assertThat(told.issued(R)).containsExactlyInAnyOrder("shop#1", "search#1");
    }

    @Test
    void whatComesAfterAFailedSystemIsNotStarted() {
        Scenario told = given().onlySystem("search", "shop")
                .system("shop")
                .rule(approving())
                .submit(R, DELETE)
                .failed(R, "shop", false);

        told.thenStands(R, FAILED);
        assertThat(told.theCase(R).task("search").map(TaskState::status)).contains(TaskStatus.NOT_STARTED);
    }

    @Test
    void aRetryableFailureIsTriedAgainLaterAndLater() {
        Scenario told =
                given().onlySystem("shop").rule(approving()).submit(R, DELETE).failed(R, "shop", true);
        assertThat(told.due()).isEqualTo(told.now().plusSeconds(10));

        told.after(Duration.ofMillis(9_999));
        assertThat(told.issued(R)).containsExactly("shop#1");
        told.after(Duration.ofMillis(1)).failed(R, "shop", true);
        assertThat(told.issued(R)).containsExactly("shop#1", "shop#2");
        assertThat(told.due()).isEqualTo(told.now().plusSeconds(20));

        told.after(Duration.ofSeconds(20)).done(R, "shop").thenStands(R, FULFILLED);
    }

    /** A forged copy is refused in the name of the attempt it was copied from, and keys are not everywhere at once. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GRANT_NOT_YET_VALID",
                "GRANT_ALTERED",
                "GRANT_SIGNATURE_MISSING",
                "GRANT_SIGNATURE_INVALID",
                "GRANT_SIGNATURE_KEY_UNKNOWN",
                "TASK_OVERDUE"
            })
    void aRefusalThatSaysNothingOfTheTaskIsTriedAgain(String code) {
        Scenario told =
                given().onlySystem("shop").rule(approving()).submit(R, DELETE).refused(R, "shop", code);

        told.after(Duration.ofSeconds(10)).done(R, "shop").thenStands(R, FULFILLED);
    }

    @Test
    void afterTheLastAttemptTheTaskHasFailedAndPeopleAreTold() {
        Scenario told = given().onlySystem("shop").rule(approving()).submit(R, DELETE);
        told.failed(R, "shop", true).after(Duration.ofSeconds(10));
        told.failed(R, "shop", true).after(Duration.ofSeconds(20));
        told.failed(R, "shop", true).thenStands(R, EXECUTING);
        told.after(Duration.ofMinutes(30)).thenStands(R, FAILED);

        assertThat(told.effects(Effect.Notify.class)).extracting("code").contains("TASK_FAILED", "CLOSED");
    }

    @Test
    void aTaskThatNeverAnswersTimesOutAndIsTriedAgain() {
        Scenario told = given().onlySystem("shop").rule(approving()).submit(R, DELETE);

        told.after(Duration.ofMinutes(5)).after(Duration.ofSeconds(10));
        assertThat(told.issued(R)).containsExactly("shop#1", "shop#2");
    }

    @Test
    void aGrantThatShutsBeforeTheWorkIsDoneExpiresTheRequest() {
        Scenario told = given().onlySystem("shop")
                .rule(asking().window(Duration.ofSeconds(5)))
                .submit(R, DELETE)
                .approve(R, "ada")
                .refused(R, "shop", "GRANT_EXPIRED");

        told.thenStands(R, EXPIRED, "GRANT_EXPIRED");
    }

    @Test
    void noAttemptGoesOutThatTheGrantWouldNotCover() {
        Scenario told = given().onlySystem("shop")
                .rule(asking().window(Duration.ofSeconds(5)))
                .submit(R, DELETE)
                .approve(R, "ada")
                .failed(R, "shop", true);

        told.thenStands(R, EXPIRED);
        assertThat(told.issued(R)).hasSize(1);
    }

    @Test
    void anExecutorThatIsDownUntilTheGrantShutsExpiresTheRequest() {
        Scenario told = given().onlySystem("shop")
                .rule(asking().window(Duration.ofMinutes(1)))
                .submit(R, DELETE)
                .approve(R, "ada")
                .after(Duration.ofMinutes(2));

        told.thenStands(R, EXPIRED, "GRANT_EXPIRED");
        assertThat(told.due()).isNull();
    }

    @Test
    void whereTheRuleSaysSoApproversAreAskedAgainForWhatIsLeft() {
        Scenario told = given().rule(asking().askAgain())
                .submit(R, DELETE)
                .approve(R, "ada")
                .done(R, "shop")
                .refused(R, "archive", "GRANT_EXPIRED");
        told.thenStands(R, AWAITING_APPROVAL);
        assertThat(told.theCase(R).authority().plan().systemNames()).containsExactly("archive");

        told.approve(R, "ada").thenStands(R, EXECUTING);
        assertThat(told.issued(R)).containsExactlyInAnyOrder("archive#1", "shop#1", "archive#2");
        told.done(R, "archive").thenStands(R, FULFILLED);
        assertThat(told.theCase(R).authority().grants()).extracting("grantId").containsExactly("r#1", "r#2");
        assertThat(told.theCase(R).tasks()).hasSize(2);
    }

    @Test
    void aSystemWhoseTopicIsMissingWaitsAndIsReportedAndStopsNobodyElse() {
        Scenario told = given().topicMissing("archive").rule(approving()).submit(R, DELETE);
        assertThat(told.issued(R)).containsExactly("shop#1");
        assertThat(told.effects(Effect.Notify.class)).extracting("code").containsExactly("SYSTEM_UNREACHABLE");

        told.done(R, "shop").after(Duration.ofSeconds(30));
        assertThat(told.effects(Effect.Notify.class)).hasSize(1);
        told.topicAppears("archive").after(Duration.ofSeconds(30));
        assertThat(told.issued(R)).containsExactly("shop#1", "archive#1");
        told.done(R, "archive").thenStands(R, FULFILLED);
    }

    @Test
    void aSystemThatNeverAppearsExpiresWithTheGrant() {
        Scenario told = given().onlySystem("shop")
                .topicMissing("shop")
                .rule(approving())
                .submit(R, DELETE);

        told.after(Duration.ofMinutes(30)).thenStands(R, EXPIRED);
        assertThat(told.due()).isNull();
    }

    @Test
    void whatNobodyHasSeenIsNotRun() {
        Scenario told = given().onlySystem("search", "shop")
                .system("shop")
                .submit(R, DELETE)
                .approve(R, "ada")
                .mapChanges("search")
                .done(R, "shop");

        told.thenStands(R, EXPIRED, "PLAN_CHANGED");
        assertThat(told.issued(R)).containsExactly("shop#1");
    }

    @Test
    void withdrawnWhileExecutingNothingMoreGoesOutAndTheAuditWaitsForTheTruth() {
        Scenario told =
                given().rule(approving()).submit(R, DELETE).done(R, "shop").withdraw(R);
        told.thenStands(R, EXECUTING, "WITHDRAWN");
        assertThat(told.effects(Effect.RevokeGrant.class))
                .singleElement()
                .matches(revoked -> revoked.grant().grantId().equals("r#1"));

        told.refused(R, "archive", "REVOKED").thenStands(R, CANCELLED, "WITHDRAWN");
        assertThat(told.theCase(R).task("shop").map(TaskState::status)).contains(TaskStatus.DONE);
    }

    @Test
    void aRetryThatIsWaitingIsGivenUpOnRevocation() {
        Scenario told =
                given().onlySystem("shop").submit(R, DELETE).approve(R, "ada").failed(R, "shop", true);

        told.revoke(R, "bob").thenStands(R, EXPIRED, "REVOKED");
        told.after(Duration.ofHours(1));
        assertThat(told.issued(R)).hasSize(1);
    }

    @Test
    void anExecutorThatNeverAnswersDoesNotKeepAWithdrawnRequestOpen() {
        Scenario told =
                given().onlySystem("shop").rule(approving()).submit(R, DELETE).withdraw(R);

        told.after(Duration.ofMinutes(5)).thenStands(R, CANCELLED);
        assertThat(told.due()).isNull();
    }

    @Test
    void aDeleteRunsBeforeALaterExportAndTheExportWaits() {
        Scenario told = given().rule(approving()).submit("del", DELETE).submit("exp", EXPORT);
        told.thenStands("exp", QUEUED, "EARLIER_REQUEST");

        told.allDone("del").thenStands("exp", EXECUTING);
    }

    @Test
    void aDeleteWaitsForAnEarlierExport() {
        Scenario told = given().rule(approving()).submit("exp", EXPORT).submit("del", DELETE);
        told.thenStands("del", QUEUED, "EARLIER_REQUEST");

        told.done("exp", "shop").done("exp", "archive");
        told.thenStands("del", EXECUTING);
    }

    @Test
    void readsOfOneSubjectShare() {
        given().rule(approving()).submit("a", EXPORT).submit("b", EXPORT).thenStands("b", EXECUTING);
    }

    @Test
    void anEarlierRequestThatIsDeniedLetsTheNextGo() {
        given().submit("del", DELETE)
                .submit("exp", EXPORT)
                .approve("exp", "ada")
                .thenStands("exp", QUEUED)
                .deny("del", "ada")
                .thenStands("exp", EXECUTING);
    }

    @Test
    void aLegalHoldKeepsDeletesWaitingAndLetsReadsThrough() {
        Scenario told = given().rule(approving())
                .order(DirectiveKind.HOLD, null)
                .submit("exp", EXPORT)
                .allDone("exp")
                .thenStands("exp", FULFILLED)
                .submit("del", DELETE)
                .thenStands("del", QUEUED, "LEGAL_HOLD");

        told.order(DirectiveKind.LIFT, null).thenStands("del", EXECUTING);
    }

    @Test
    void aLegalHoldStopsADeleteThatIsUnderWay() {
        Scenario told = given().rule(approving()).submit(R, DELETE).order(DirectiveKind.HOLD, null);
        told.thenStands(R, EXECUTING, "LEGAL_HOLD");

        assertThat(told.effects(Effect.RevokeGrant.class)).hasSize(1);
    }

    @Test
    void aDirectiveThatIsNotCarriedOutIsRefusedAndNotPassedOver() {
        Scenario told = given().submit(R, DELETE);

        told.order(DirectiveKind.UNKNOWN, R).thenRefused(Refusal.UNKNOWN_DIRECTIVE);
        told.order(DirectiveKind.UNKNOWN, null).thenRefused(Refusal.UNKNOWN_DIRECTIVE);
        told.order(DirectiveKind.CANCEL, "nobody").thenRefused(Refusal.UNKNOWN_REQUEST);
        assertThat(told.effects(Effect.DeadLetterInput.class)).hasSize(2);
    }

    @Test
    void aClosedRequestLeavesAMarkerThatIsForgottenInTheEnd() {
        Scenario told = given().rule(approving()).submit(R, EXPORT).allDone(R);
        assertThat(told.docket().open()).isEmpty();
        assertThat(told.due()).isNull();

        told.after(Settings.DEFAULTS.keepMarkers().plusMillis(1));
        assertThat(told.docket().isEmpty()).isTrue();
    }

    @Test
    void whatTheEndOfTheGrantHasCutShortIsAskedForAgain() {
        Scenario told = given().onlySystem("shop")
                .rule(asking().askAgain().window(Duration.ofMinutes(5)))
                .submit(R, DELETE)
                .approve(R, "ada");
        Command.Complete cutShort = told.report(R, "shop", CompletionStatus.FAILED, false, "PARTLY_DONE");

        told.unobserved(Duration.ofMinutes(5)).apply(cutShort).thenStands(R, AWAITING_APPROVAL);
    }

    @Test
    void whatWasCutShortWithinItsGrantHasFailed() {
        Scenario told = given().onlySystem("shop")
                .rule(asking().askAgain().window(Duration.ofMinutes(5)))
                .submit(R, DELETE)
                .approve(R, "ada");

        told.apply(told.report(R, "shop", CompletionStatus.FAILED, false, "PARTLY_DONE"))
                .thenStands(R, FAILED);
    }

    /** Asked again, people left out what had failed; it does not stand in the way of the rest. */
    @Test
    void whatFailedUnderAnEarlierGrantDoesNotStopWhatTheNextOneCovers() {
        Scenario told = given().onlySystem("search", "shop")
                .system("shop")
                .topicMissing("shop")
                .rule(asking().askAgain().window(Duration.ofMinutes(5)))
                .submit(R, DELETE)
                .approve(R, "ada");
        told.after(Duration.ofMinutes(6)).thenStands(R, AWAITING_APPROVAL);

        told.approveOnly(R, "ada", new Narrowing(List.of("search"), List.of(), null));

        assertThat(told.issued(R)).containsExactly("search#1");
    }

    @Test
    void aTaskWaitsForItsGrantToOpenWhenTheClockHasBeenSetBack() {
        Scenario told = Scenario.given()
                .onlySystem("shop")
                .system("search", "shop")
                .rule(approving())
                .submit("r1", DELETE);

        told.unobserved(Duration.ofMinutes(-20)).done("r1", "shop");
        assertThat(told.issued("r1")).containsExactly("shop#1");

        told.after(Duration.ofMinutes(20));
        assertThat(told.issued("r1")).containsExactly("shop#1", "search#1");
    }
}
