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
import static io.quittance.streams.domain.model.RequestState.FULFILLED;
import static io.quittance.streams.domain.model.RequestState.QUEUED;
import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.streams.domain.model.Freeze;
import io.quittance.streams.domain.model.TaskState;
import io.quittance.streams.domain.model.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FreezeTest {
    private static final String R = "r";
    private static final Freeze EVERYTHING = Freeze.ofEverything("stop");

    /** The request is made under GDPR, judged by the policy default, and touches shop and archive. */
    static Stream<Arguments> freezesAndWhetherTheyStop() {
        return Stream.of(
                Arguments.of(EVERYTHING, true),
                Arguments.of(freeze(Set.of("shop"), Set.of(), Set.of()), true),
                Arguments.of(freeze(Set.of("elsewhere"), Set.of(), Set.of()), false),
                Arguments.of(freeze(Set.of(), Set.of("GDPR"), Set.of()), true),
                Arguments.of(freeze(Set.of(), Set.of("CCPA"), Set.of()), false),
                Arguments.of(freeze(Set.of(), Set.of(), Set.of("default")), true),
                Arguments.of(freeze(Set.of(), Set.of(), Set.of("strict")), false),
                Arguments.of(freeze(Set.of("elsewhere"), Set.of("GDPR"), Set.of()), true));
    }

    @ParameterizedTest
    @MethodSource("freezesAndWhetherTheyStop")
    void aFreezeStopsWhatAnyOfItsPartsNames(Freeze freeze, boolean stops) {
        Scenario told = given().rule(approving()).frozen(freeze).submit(R, DELETE);

        if (stops) {
            told.thenStands(R, QUEUED, "FROZEN");
            assertThat(told.issued(R)).isEmpty();
            told.thawed(freeze.name()).after(Duration.ZERO);
        }
        told.thenStands(R, EXECUTING);
        assertThat(told.issued(R)).hasSize(2);
    }

    @Test
    void aFreezeStopsReadsToo() {
        given().rule(approving()).frozen(EVERYTHING).submit(R, EXPORT).thenStands(R, QUEUED, "FROZEN");
    }

    @Test
    void aGrantDoesNotOpenWhileAnyOfItsWorkStandsStill() {
        Scenario told = given().rule(approving())
                .frozen(freeze(Set.of("archive"), Set.of(), Set.of()))
                .submit(R, DELETE);

        told.thenStands(R, QUEUED, "FROZEN");
        assertThat(told.theCase(R).authority().grants()).isEmpty();
    }

    @Test
    void theAuditSaysSoOnceAndNamesTheFreeze() {
        Scenario told = given().rule(approving()).frozen(EVERYTHING).submit(R, DELETE);

        told.after(Duration.ofMinutes(1)).after(Duration.ofMinutes(1));

        assertThat(told.theCase(R).story().trail())
                .filteredOn(entry -> entry.code().equals("FROZEN"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.detail()).contains("stop"));
    }

    @Test
    void whatIsUnderWayGoesNoFurther() {
        Scenario told = given().onlySystem("search", "shop")
                .system("shop")
                .rule(approving())
                .submit(R, DELETE)
                .frozen(EVERYTHING)
                .done(R, "shop");
        told.thenStands(R, EXECUTING);
        assertThat(told.issued(R)).containsExactly("shop#1");
        assertThat(told.theCase(R).frozen()).isTrue();

        told.thawed("stop").after(Duration.ZERO);
        assertThat(told.issued(R)).containsExactly("shop#1", "search#1");
        told.done(R, "search").thenStands(R, FULFILLED);
    }

    @Test
    void aRetryWaitsForTheFreezeToEnd() {
        Scenario told = given().onlySystem("shop")
                .rule(approving())
                .submit(R, DELETE)
                .failed(R, "shop", true)
                .frozen(EVERYTHING)
                .after(Duration.ofSeconds(10));
        assertThat(told.issued(R)).hasSize(1);

        told.thawed("stop").after(Duration.ZERO);
        assertThat(told.issued(R)).containsExactly("shop#1", "shop#2");
    }

    @Test
    void attemptsThatExecutorsRefusedForAFreezeDoNotCount() {
        Scenario told = given().onlySystem("shop").rule(approving()).submit(R, DELETE);
        for (int i = 1; i <= 5; i++) {
            told.frozen(EVERYTHING).refused(R, "shop", "FROZEN").thenStands(R, EXECUTING);
            assertThat(told.issued(R)).hasSize(i);
            told.thawed("stop").after(Duration.ZERO);
        }

        told.done(R, "shop").thenStands(R, FULFILLED);
        assertThat(told.issued(R)).hasSize(6);
    }

    @Test
    void anExecutorThatKnowsOfAFreezeBeforeWeDoIsAskedAgainInAMoment() {
        Scenario told =
                given().onlySystem("shop").rule(approving()).submit(R, DELETE).refused(R, "shop", "FROZEN");
        assertThat(told.issued(R)).hasSize(1);

        told.after(Duration.ofSeconds(1));
        assertThat(told.issued(R)).containsExactly("shop#1", "shop#2");
    }

    @Test
    void aGrantGoesOnShuttingWhileTheWorkStandsStill() {
        Scenario told = given().onlySystem("shop")
                .rule(asking().window(Duration.ofMinutes(30)).askAgain())
                .submit(R, DELETE)
                .approve(R, "ada")
                .frozen(EVERYTHING)
                .refused(R, "shop", "FROZEN");
        assertThat(told.due()).isEqualTo(told.now().plus(Duration.ofMinutes(30)));

        told.after(Duration.ofMinutes(30)).thenStands(R, AWAITING_APPROVAL);
    }

    @Test
    void aFreezeEndsByItselfWhenItSaysSo() {
        Instant until = Scenario.START.plus(Duration.ofHours(2));
        Scenario told = given().rule(approving())
                .frozen(new Freeze("window", true, Set.of(), Set.of(), Set.of(), until))
                .submit(R, DELETE)
                .thenStands(R, QUEUED, "FROZEN");
        assertThat(told.due()).isEqualTo(until);

        told.after(Duration.ofHours(2).minusMillis(1)).thenStands(R, QUEUED, "FROZEN");
        told.after(Duration.ofMillis(1)).thenStands(R, EXECUTING);
    }

    @Test
    void ofTwoFreezesTheLaterEndCounts() {
        Instant soon = Scenario.START.plusSeconds(60);
        Instant later = Scenario.START.plusSeconds(120);
        Scenario told = given().rule(approving())
                .frozen(new Freeze("a", true, Set.of(), Set.of(), Set.of(), later))
                .frozen(new Freeze("b", true, Set.of(), Set.of(), Set.of(), soon))
                .submit(R, DELETE);
        assertThat(told.due()).isEqualTo(later);

        told.frozen(new Freeze("c", true, Set.of(), Set.of(), Set.of(), null)).after(Duration.ofSeconds(120));
        told.thenStands(R, QUEUED, "FROZEN");
        assertThat(told.due()).isNull();
    }

    @Test
    void frozenOrNotARequestCanBeWithdrawn() {
        given().rule(approving())
                .frozen(EVERYTHING)
                .submit(R, DELETE)
                .withdraw(R)
                .thenStands(R, CANCELLED);
    }

    @Test
    void whatNeverWentOutBecauseOfAFreezeWasNotStarted() {
        Scenario told = given().onlySystem("shop")
                .rule(asking())
                .submit(R, DELETE)
                .approve(R, "ada")
                .frozen(EVERYTHING)
                .refused(R, "shop", "FROZEN")
                .revoke(R, "bob");

        told.thenStands(R, EXPIRED, "REVOKED");
        assertThat(told.theCase(R).task("shop").map(TaskState::status)).contains(TaskStatus.NOT_STARTED);
    }

    private static Freeze freeze(Set<String> systems, Set<String> regimes, Set<String> policies) {
        return new Freeze("stop", false, systems, regimes, policies, (@Nullable Instant) null);
    }
}
