package io.quittance.streams.domain;

import static io.quittance.streams.domain.Scenario.approving;
import static io.quittance.streams.domain.Scenario.asking;
import static io.quittance.streams.domain.Scenario.given;
import static io.quittance.streams.domain.model.Action.ANONYMIZE;
import static io.quittance.streams.domain.model.Action.DELETE;
import static io.quittance.streams.domain.model.Action.EXPORT;
import static io.quittance.streams.domain.model.RequestState.AWAITING_APPROVAL;
import static io.quittance.streams.domain.model.RequestState.EXECUTING;
import static io.quittance.streams.domain.model.RequestState.EXPIRED;
import static io.quittance.streams.domain.model.RequestState.FULFILLED;
import static io.quittance.streams.domain.model.RequestState.QUEUED;
import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.streams.domain.Command.DirectiveKind;
import io.quittance.streams.domain.docket.Hold;
import io.quittance.streams.domain.model.Action;
import io.quittance.streams.domain.model.Narrowing;
import io.quittance.streams.domain.model.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HoldTest {
    private static final String R = "r";
    private static final Scope SHOP = scope(List.of("shop"), List.of());
    private static final Scope MONEY = scope(List.of(), List.of("financial"));
    private static final Scope CONTACT = scope(List.of(), List.of("contact"));

    /** Systems shop and archive, each with people (contact) and payments (financial). */
    static Stream<Arguments> holdsAndRequests() {
        return Stream.of(
                Arguments.of(Scope.EVERYTHING, DELETE, Scope.EVERYTHING, true),
                Arguments.of(Scope.EVERYTHING, ANONYMIZE, Scope.EVERYTHING, true),
                Arguments.of(Scope.EVERYTHING, EXPORT, Scope.EVERYTHING, false),
                Arguments.of(SHOP, DELETE, Scope.EVERYTHING, true),
                Arguments.of(SHOP, DELETE, scope(List.of("archive"), List.of()), false),
                Arguments.of(MONEY, DELETE, Scope.EVERYTHING, true),
                Arguments.of(MONEY, DELETE, CONTACT, false),
                Arguments.of(
                        scope(List.of("shop"), List.of("financial")),
                        DELETE,
                        scope(List.of("archive"), List.of()),
                        false),
                Arguments.of(scope(List.of("elsewhere"), List.of()), DELETE, Scope.EVERYTHING, false),
                Arguments.of(scope(List.of(), List.of("health")), DELETE, Scope.EVERYTHING, false));
    }

    @ParameterizedTest
    @MethodSource("holdsAndRequests")
    void aHoldKeepsWritesWaitingWhosePlanTouchesWhatItCovers(Scope held, Action action, Scope asked, boolean waits) {
        Scenario told = given().rule(approving());
        told.hold(held);

        told.submit(Scenario.submission(R, action, asked, Map.of("customer_id", "42")));

        if (waits) {
            told.thenStands(R, QUEUED, "LEGAL_HOLD");
        } else {
            told.thenStands(R, EXECUTING);
        }
    }

    @Test
    void anApproverWhoLeavesTheHeldPartOutFreesTheRest() {
        Scenario told = given().rule(asking());
        told.hold(SHOP);

        told.submit(R, DELETE)
                .approveOnly(R, "ada", new Narrowing(List.of("archive"), List.of(), null))
                .thenStands(R, EXECUTING);

        assertThat(told.issued(R)).containsExactly("archive#1");
    }

    @Test
    void anApproverWhoLeavesTheHeldCategoryOutFreesTheRest() {
        Scenario told = given().onlySystem("shop").rule(asking());
        told.hold(MONEY);

        told.submit(R, DELETE)
                .approveOnly(R, "ada", new Narrowing(List.of(), List.of("contact"), null))
                .thenStands(R, EXECUTING);
        assertThat(told.issued(R)).containsExactly("shop#1");

        told.hold(MONEY);
        told.thenStands(R, EXECUTING, "RELEASED");
    }

    @Test
    void theAuditOfWhatWasKeptNamesWhoLetItGo() {
        Scenario told = given().rule(approving());
        String hold = told.hold(Scope.EVERYTHING);
        told.submit(R, DELETE).thenStands(R, QUEUED, "LEGAL_HOLD");

        told.lift(hold).thenStands(R, EXECUTING);

        assertThat(told.theCase(R).story().trail())
                .filteredOn(entry -> entry.code().equals("HOLD_LIFTED"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.actor()).isEqualTo("legal"));
    }

    @Test
    void aHoldStopsWhatIsUnderWayOnlyIfItIsStillToTouchWhatIsHeld() {
        Scenario told = given().rule(approving()).submit(R, DELETE).done(R, "shop");

        told.hold(SHOP);
        told.thenStands(R, EXECUTING, "RELEASED");
        told.hold(scope(List.of("archive"), List.of()));
        told.thenStands(R, EXECUTING, "LEGAL_HOLD");

        assertThat(told.effects(Effect.RevokeGrant.class)).hasSize(1);
        told.refused(R, "archive", "REVOKED").thenStands(R, EXPIRED, "LEGAL_HOLD");
    }

    @Test
    void aReadDoesNotWaitForAWriteThatIsHeld() {
        Scenario told = given().rule(approving());
        String hold = told.hold(Scope.EVERYTHING);
        told.submit("del", DELETE).submit("exp", EXPORT).thenStands("exp", EXECUTING);

        told.lift(hold).thenStands("del", QUEUED, "OTHER_REQUEST");
        told.submit("late", EXPORT).thenStands("late", QUEUED, "EARLIER_REQUEST");
        told.allDone("exp").thenStands("exp", FULFILLED).thenStands("del", EXECUTING);
        told.allDone("del").thenStands("late", EXECUTING);
    }

    @Test
    void aReadDoesNotWaitForAWriteThatIsHeldBeforeItIsApproved() {
        Scenario told = given();
        told.hold(Scope.EVERYTHING);

        told.submit("del", DELETE).thenStands("del", AWAITING_APPROVAL);
        told.submit("exp", EXPORT).approve("exp", "ada").thenStands("exp", EXECUTING);
    }

    @Test
    void writesKeepTheirOrderWhateverIsHeld() {
        Scenario told = given().rule(approving());
        String hold = told.hold(SHOP);
        told.submit("both", DELETE);
        told.submit(Scenario.submission(
                "other", ANONYMIZE, scope(List.of("archive"), List.of()), Map.of("customer_id", "42")));
        told.thenStands("other", QUEUED, "EARLIER_REQUEST");

        told.lift(hold).allDone("both").thenStands("other", EXECUTING);
    }

    @Test
    void oneHoldIsLiftedByItsIdAndTheOthersStay() {
        Scenario told = given().rule(approving());
        String first = told.hold(Scope.EVERYTHING);
        String second = told.hold(SHOP);
        told.submit(R, DELETE);

        told.lift(first).thenAccepted().thenStands(R, QUEUED, "LEGAL_HOLD");
        told.lift(second).thenStands(R, EXECUTING);
    }

    @Test
    void withoutAnIdAllHoldsAreLifted() {
        Scenario told = given().rule(approving());
        told.hold(Scope.EVERYTHING);
        told.hold(SHOP);
        told.submit(R, DELETE);

        told.order(DirectiveKind.LIFT, null).thenStands(R, EXECUTING);
        assertThat(told.docket().holds()).isEmpty();
    }

    @Test
    void aHoldThatIsNotThereCannotBeLifted() {
        Scenario told = given();
        told.hold(SHOP);

        told.lift("another").thenRefused(Refusal.UNKNOWN_HOLD);

        assertThat(told.effects(Effect.DeadLetterInput.class)).hasSize(1);
        assertThat(told.docket().holds()).hasSize(1);
    }

    @Test
    void noMoreHoldsAreKeptThanThereIsRoomFor() {
        Scenario told = given();
        for (int i = 0; i < Holding.MOST; i++) {
            told.hold(SHOP);
        }

        told.hold(Scope.EVERYTHING);

        told.thenRefused(Refusal.TOO_MANY_HOLDS);
        assertThat(told.docket().holds()).hasSize(Holding.MOST);
    }

    @Test
    void aHoldIsPlacedOnASubjectAndNotOnARequest() {
        given().submit(R, DELETE).order(DirectiveKind.HOLD, R).thenRefused(Refusal.DIRECTIVE_NEEDS_SUBJECT_SCOPE);
    }

    @Test
    void theSameHoldTwiceIsOneHold() {
        Scenario told = given();
        String hold = told.hold(SHOP);

        told.apply(new Command.Direct(null, hold, DirectiveKind.HOLD, "legal", "case 7", SHOP, null))
                .thenNothingFollows();

        assertThat(told.docket().holds()).containsExactly(new Hold(hold, "legal", told.now(), SHOP, "case 7"));
    }

    private static Scope scope(List<String> systems, List<String> categories) {
        return new Scope(systems, categories);
    }

    @Test
    void aRetryDoesNotWalkPastAHold() {
        Scenario told = given().rule(approving()).submit(R, DELETE).failed(R, "shop", false);
        told.hold(new Scope(List.of("shop"), List.of()));
        int issued = told.issued(R).size();

        told.order(DirectiveKind.RETRY, R).thenRefused(Refusal.NOTHING_TO_RETRY);

        assertThat(told.issued(R)).hasSize(issued);
    }

    @Test
    void aPlanThatFollowsTheMapIntoAHoldWaits() {
        Scenario told = given().rule(approving().waiting(Duration.ofDays(1)))
                .onlySystem("shop")
                .submit(R, DELETE);
        told.hold(new Scope(List.of("archive"), List.of()));

        told.system("archive").mapChanges("shop").after(Duration.ofDays(1)).thenStands(R, QUEUED, "LEGAL_HOLD");

        assertThat(told.issued(R)).isEmpty();
        assertThat(told.theCase(R).authority().grants()).isEmpty();
    }

    @Test
    void anOrderThatIsDeliveredAgainIsNotCarriedOutAgain() {
        Scenario told = given();
        var lift = new Command.Direct(null, "l1", DirectiveKind.LIFT, "legal", "because", Scope.EVERYTHING, null);
        var hold = new Command.Direct(null, "h1", DirectiveKind.HOLD, "legal", "because", Scope.EVERYTHING, null);
        told.apply(hold).apply(lift).apply(hold);
        assertThat(told.docket().holds()).as("held again by an old order").isEmpty();

        told.hold(Scope.EVERYTHING);
        told.apply(lift).thenNothingFollows();
        assertThat(told.docket().holds()).hasSize(1);
    }
}
