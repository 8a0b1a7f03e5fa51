package io.quittance.streams.domain;

import static io.quittance.streams.domain.Scenario.approving;
import static io.quittance.streams.domain.Scenario.asking;
import static io.quittance.streams.domain.Scenario.given;
import static io.quittance.streams.domain.model.Action.DELETE;
import static io.quittance.streams.domain.model.Action.EXPORT;
import static io.quittance.streams.domain.model.RequestState.AWAITING_APPROVAL;
import static io.quittance.streams.domain.model.RequestState.CANCELLED;
import static io.quittance.streams.domain.model.RequestState.EXECUTING;
import static io.quittance.streams.domain.model.RequestState.QUEUED;
import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.streams.domain.model.Approver;
import io.quittance.streams.domain.model.Freeze;
import io.quittance.streams.domain.model.Narrowing;
import io.quittance.streams.domain.model.Scope;
import io.quittance.streams.domain.model.Verdict;
import io.quittance.streams.domain.model.Vouching;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitingPeriodTest {
    private static final String R = "r";
    private static final Duration A_WEEK = Duration.ofDays(7);

    @Test
    void anApprovedDeleteWaitsAndTheAuditSaysUntilWhen() {
        Scenario told = given().rule(asking().waiting(A_WEEK)).submit(R, DELETE).after(Duration.ofHours(5));
        told.approve(R, "ada").thenStands(R, QUEUED, "WAITING_PERIOD");
        Instant end = told.now().plus(A_WEEK);
        assertThat(told.theCase(R).standing().deadline()).isEqualTo(end);
        assertThat(told.theCase(R).standing().reason()).contains(end.toString());
        assertThat(told.due()).isEqualTo(end);

        told.after(A_WEEK.minusMillis(1)).thenStands(R, QUEUED, "WAITING_PERIOD");
        told.after(Duration.ofMillis(1)).thenStands(R, EXECUTING);
        assertThat(told.theCase(R).authority().grant().orElseThrow().notBefore())
                .isEqualTo(told.now());
    }

    @Test
    void withdrawnInTimeItNeverRuns() {
        Scenario told = given().rule(approving().waiting(A_WEEK))
                .submit(R, DELETE)
                .after(Duration.ofDays(6))
                .withdraw(R)
                .thenStands(R, CANCELLED);

        assertThat(told.issued(R)).isEmpty();
        assertThat(told.due()).isNull();
    }

    @Test
    void readsDoNotWait() {
        given().rule(approving().waiting(A_WEEK)).submit(R, EXPORT).thenStands(R, EXECUTING);
    }

    @Test
    void aReadMayOvertakeAWriteThatWaits() {
        Scenario told =
                given().rule(approving().waiting(A_WEEK)).submit("del", DELETE).submit("exp", EXPORT);
        told.thenStands("exp", EXECUTING);

        told.after(A_WEEK.minusMinutes(1)).submit("late", EXPORT).thenStands("late", EXECUTING);
        told.after(Duration.ofMinutes(1)).thenStands("del", QUEUED, "OTHER_REQUEST");
        told.allDone("late").thenStands("del", EXECUTING);
    }

    @Test
    void aPlanThatChangesMeanwhileIsAskedAboutAndWaitsAnew() {
        Scenario told = given().rule(asking().waiting(A_WEEK))
                .submit(R, DELETE)
                .approve(R, "ada")
                .mapChanges("shop")
                .after(A_WEEK)
                .thenStands(R, AWAITING_APPROVAL);

        told.approve(R, "ada").thenStands(R, QUEUED, "WAITING_PERIOD");
        told.after(A_WEEK).thenStands(R, EXECUTING);
    }

    @Test
    void whatHasBegunDoesNotWaitAgain() {
        Scenario told = given().rule(asking().waiting(A_WEEK).askAgain())
                .submit(R, DELETE)
                .approve(R, "ada")
                .after(A_WEEK)
                .done(R, "shop")
                .refused(R, "archive", "GRANT_EXPIRED")
                .thenStands(R, AWAITING_APPROVAL);

        told.approve(R, "ada").thenStands(R, EXECUTING);
    }

    @Test
    void aHoldOutlastsTheWaitAndAFreezeFollowsIt() {
        Scenario told = given().rule(approving().waiting(A_WEEK));
        String hold = told.hold(Scope.EVERYTHING);
        told.submit(R, DELETE).thenStands(R, QUEUED, "LEGAL_HOLD");

        told.after(Duration.ofDays(3)).lift(hold).thenStands(R, QUEUED, "WAITING_PERIOD");
        told.frozen(Freeze.ofEverything("stop")).after(Duration.ofDays(4)).thenStands(R, QUEUED, "FROZEN");
        assertThat(told.due()).isNull();
        told.thawed("stop").after(Duration.ZERO).thenStands(R, EXECUTING);
    }

    @Test
    void aClockThatIsSetBackMakesItWaitLongerAndNotForEver() {
        Scenario told = given().rule(approving().waiting(A_WEEK)).submit(R, DELETE);

        told.unobserved(Duration.ofHours(-1)).after(A_WEEK).thenStands(R, QUEUED, "WAITING_PERIOD");
        told.after(Duration.ofHours(1)).thenStands(R, EXECUTING);
    }

    @Test
    void aDecisionThatSaysItIsOldDoesNotShortenTheWait() {
        Scenario told = given().rule(asking().waiting(A_WEEK)).submit(R, DELETE);
        var backdated = new Command.Decide(
                R,
                "d-old",
                Verdict.APPROVE,
                new Approver("ada", List.of(Scenario.GROUP)),
                told.planHash(R),
                "because",
                Narrowing.NONE,
                Vouching.BY_TOPIC,
                told.now().minus(Duration.ofDays(30)));

        told.apply(backdated).thenStands(R, QUEUED, "WAITING_PERIOD");
        assertThat(told.due()).isEqualTo(told.now().plus(A_WEEK));
    }
}
