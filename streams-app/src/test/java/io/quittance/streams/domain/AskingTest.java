package io.quittance.streams.domain;

import static io.quittance.streams.domain.Scenario.GROUP;
import static io.quittance.streams.domain.Scenario.allOf;
import static io.quittance.streams.domain.Scenario.asking;
import static io.quittance.streams.domain.Scenario.given;
import static io.quittance.streams.domain.Scenario.machine;
import static io.quittance.streams.domain.Scenario.people;
import static io.quittance.streams.domain.model.Action.DELETE;
import static io.quittance.streams.domain.model.RequestState.AWAITING_APPROVAL;
import static io.quittance.streams.domain.model.RequestState.DENIED;
import static io.quittance.streams.domain.model.RequestState.EXECUTING;
import static io.quittance.streams.domain.model.RequestState.EXPIRED;
import static io.quittance.streams.domain.model.Verdict.APPROVE;
import static io.quittance.streams.domain.model.Verdict.DENY;
import static io.quittance.streams.domain.model.Verdict.REVOKE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.quittance.streams.domain.model.Approver;
import io.quittance.streams.domain.model.DecisionMade;
import io.quittance.streams.domain.model.Narrowing;
import io.quittance.streams.domain.model.Vouching;
import io.quittance.streams.domain.policy.Escalation.Mode;
import io.quittance.streams.domain.policy.OnSilence;
import io.quittance.streams.domain.policy.Requirement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Groups, alternatives, thresholds, machines, predicates, reminders, escalation, silence. */
class AskingTest {
    private static final String R = "r";
    private static final Approver LEA = person("lea", "legal");
    private static final Approver PAT = person("pat", "privacy");
    private static final Approver BOTH = person("bo", "legal", "privacy");
    private static final Approver SCANNER =
            new Approver("scanner-1", List.of("scanner"), Approver.Kind.MACHINE, Map.of());

    private static Approver person(String id, String... groups) {
        return new Approver(id, List.of(groups));
    }

    // ---- groups and alternatives

    @Test
    void bothGroupsHaveToApprove() {
        Scenario told = legalAndPrivacy().decide(R, APPROVE, LEA).thenStands(R, AWAITING_APPROVAL);

        told.decide(R, APPROVE, PAT).thenStands(R, EXECUTING);
    }

    @Test
    void onePersonInBothGroupsIsStillOnePerson() {
        legalAndPrivacy()
                .decide(R, APPROVE, BOTH)
                .thenStands(R, AWAITING_APPROVAL)
                .decide(R, APPROVE, BOTH)
                .thenRefused(Refusal.ALREADY_DECIDED)
                .decide(R, APPROVE, LEA)
                .thenStands(R, EXECUTING);
    }

    @Test
    void thePromptShowsWhichPlacesAreFilled() {
        Scenario told = legalAndPrivacy().decide(R, APPROVE, BOTH).decide(R, DENY, person("no", "sales"));

        Ballot ballot = told.effects(Effect.Prompt.class).get(1).ballot();
        assertThat(ballot.ways().get(0).places())
                .extracting(place -> place.requirement().group(), Ballot.Place::filledBy)
                .containsExactly(tuple("legal", List.of("bo")), tuple("privacy", List.of()));
    }

    @Test
    void eitherAlternativeWillDo() {
        var rule = asking().anyOf(allOf(people("legal", 1), people("privacy", 1)), allOf(people("board", 1)));

        given().rule(rule)
                .submit(R, DELETE)
                .decide(R, APPROVE, person("ceo", "board"))
                .thenStands(R, EXECUTING);
        given().rule(rule)
                .submit(R, DELETE)
                .decide(R, APPROVE, LEA)
                .decide(R, APPROVE, PAT)
                .thenStands(R, EXECUTING);
    }

    @Test
    void aStrangerIsNotAsked() {
        legalAndPrivacy().decide(R, APPROVE, person("sam", "sales")).thenRefused(Refusal.NOT_IN_GROUP);
    }

    // ---- denials

    @Test
    void itTakesAsManyDenialsAsTheRuleSays() {
        Scenario told =
                given().rule(asking().denyThreshold(2)).submit(R, DELETE).deny(R, "ada");
        told.thenStands(R, AWAITING_APPROVAL).deny(R, "ada").thenRefused(Refusal.ALREADY_DECIDED);

        told.deny(R, "bob").thenStands(R, DENIED, "DENIED_BY_APPROVER");
    }

    @Test
    void whoeverDeniesNoLongerApproves() {
        Scenario told = given().rule(asking().count(2).denyThreshold(2))
                .submit(R, DELETE)
                .approve(R, "ada");

        told.deny(R, "ada").thenAccepted().approve(R, "bob").thenStands(R, AWAITING_APPROVAL);
        told.approve(R, "ada").thenRefused(Refusal.ALREADY_DECIDED);
        told.approve(R, "cyd").thenStands(R, EXECUTING);
    }

    @Test
    void aDenialTakenBackNoLongerCounts() {
        Scenario told =
                given().rule(asking().denyThreshold(2)).submit(R, DELETE).deny(R, "ada");

        told.revoke(R, "ada").thenAccepted().deny(R, "bob").thenStands(R, AWAITING_APPROVAL);
    }

    // ---- machines and predicates

    @Test
    void aMachineCountsOnlyWhereTheRuleAsksForOne() {
        given().submit(R, DELETE)
                .decide(R, APPROVE, new Approver("bot", List.of(GROUP), Approver.Kind.MACHINE, Map.of()))
                .thenRefused(Refusal.NOT_IN_GROUP);
        scanned().decide(R, APPROVE, person("human", "scanner")).thenRefused(Refusal.NOT_IN_GROUP);
        scanned().decide(R, APPROVE, SCANNER).approve(R, "ada").thenStands(R, EXECUTING);
    }

    @Test
    void aMachinesVerdictMayComeBeforeTheRequest() {
        Scenario told = given().rule(asking().reasonRequired().anyOf(allOf(machine("scanner"))));
        told.apply(new Command.Decide(
                R, "d", APPROVE, SCANNER, null, null, Narrowing.NONE, Vouching.BY_TOPIC, told.now()));

        told.submit(R, DELETE).thenStands(R, EXECUTING);
    }

    @Test
    void aMachinesNoClosesEveryWayThatNeedsItsYes() {
        scanned().decide(R, DENY, SCANNER).thenStands(R, DENIED);
        given().rule(asking().denyThreshold(5).anyOf(allOf(machine("scanner")), allOf(people(GROUP, 2))))
                .submit(R, DELETE)
                .decide(R, DENY, SCANNER)
                .thenStands(R, AWAITING_APPROVAL)
                .approve(R, "ada")
                .approve(R, "bob")
                .thenStands(R, EXECUTING);
    }

    @Test
    void anotherMachinesYesDoesNotOpenAWayThatOneHasClosed() {
        var other = new Approver("scanner-2", List.of("scanner"), Approver.Kind.MACHINE, Map.of());

        given().rule(asking().anyOf(allOf(machine("scanner")), allOf(people(GROUP, 2))))
                .submit(R, DELETE)
                .decide(R, DENY, SCANNER)
                .decide(R, APPROVE, other)
                .thenStands(R, AWAITING_APPROVAL);
    }

    @Test
    void whoIsAskedAgainAndAgainIsNotAskedForEver() {
        Scenario told = given().rule(
                        asking().askAgain().window(Duration.ofMinutes(1)).onSilence(OnSilence.APPROVE))
                .submit(R, DELETE);
        for (int i = 0; i < 100 && told.due() != null; i++) {
            told.unobserved(Duration.between(told.now(), told.due())).after(Duration.ZERO);
        }

        told.thenStands(R, EXPIRED);
    }

    @Test
    void whoeverDoesNotMeetThePredicateDoesNotCount() {
        var impossible = new Requirement("legal", 1, false, "false");
        var possible = new Requirement("legal", 1, false, "true");

        given().rule(asking().anyOf(allOf(impossible)))
                .submit(R, DELETE)
                .decide(R, APPROVE, LEA)
                .thenRefused(Refusal.APPROVER_NOT_ELIGIBLE);
        given().rule(asking().anyOf(allOf(possible)))
                .submit(R, DELETE)
                .decide(R, APPROVE, LEA)
                .thenStands(R, EXECUTING);
    }

    // ---- signatures

    @ParameterizedTest
    @EnumSource(
            value = Refusal.class,
            names = {"SIGNATURE_MISSING", "SELF_APPROVAL"})
    void aSignatureThatIsNotGoodIsRefusedEvenWhereNoneIsDemanded(Refusal problem) {
        given().submit(R, DELETE)
                .decide(R, APPROVE, person("ada", GROUP), Vouching.notBy(problem))
                .thenRefused(problem);
    }

    @Test
    void whatHasToBeSignedIsSigned() {
        Scenario told = given().rule(asking().signed()).submit(R, DELETE);

        told.approve(R, "ada").thenRefused(Refusal.SIGNATURE_MISSING);
        told.deny(R, "ada").thenRefused(Refusal.SIGNATURE_MISSING).thenStands(R, AWAITING_APPROVAL);
        told.decide(R, APPROVE, person("ada", GROUP), Vouching.bySignature("key-1"))
                .thenStands(R, EXECUTING);
        assertThat(told.theCase(R).authority().decisions())
                .extracting(DecisionMade::vouching)
                .endsWith(Vouching.bySignature("key-1"));
    }

    // ---- reminders, escalation, silence

    @Test
    void theSilentAreRemindedOnce() {
        Scenario told = given().rule(asking().remindAfter(Duration.ofHours(4))).submit(R, DELETE);
        assertThat(told.due()).isEqualTo(told.now().plus(Duration.ofHours(4)));

        told.after(Duration.ofHours(4)).after(Duration.ofHours(4));

        assertThat(told.effects(Effect.Notify.class))
                .filteredOn(sent -> sent.code().equals("APPROVAL_REMINDER"))
                .extracting(Effect.Notify::audience)
                .containsExactly(GROUP);
    }

    @Test
    void whenOthersAreAskedInsteadTheFirstNoLongerCount() {
        Scenario told = escalating(Mode.REPLACE).after(Duration.ofHours(8));

        told.approve(R, "ada").thenRefused(Refusal.NOT_IN_GROUP);
        told.decide(R, APPROVE, person("ceo", "board")).thenStands(R, EXECUTING);
    }

    @Test
    void whenOthersAreAskedAsWellBothCount() {
        escalating(Mode.ADD).after(Duration.ofHours(8)).approve(R, "ada").thenStands(R, EXECUTING);
        escalating(Mode.ADD)
                .after(Duration.ofHours(8))
                .decide(R, APPROVE, person("ceo", "board"))
                .thenStands(R, EXECUTING);
    }

    @Test
    void nobodyElseIsAskedBeforeItsTime() {
        escalating(Mode.ADD)
                .after(Duration.ofHours(8).minusMillis(1))
                .decide(R, APPROVE, person("ceo", "board"))
                .thenRefused(Refusal.NOT_IN_GROUP);
    }

    @Test
    void askedAgainTheFirstAreAskedFirst() {
        Scenario told = given().rule(asking().askAgain()
                        .window(Duration.ofMinutes(1))
                        .escalate(Duration.ofHours(8), Mode.REPLACE, allOf(people("board", 1))))
                .submit(R, DELETE)
                .after(Duration.ofHours(8))
                .decide(R, APPROVE, person("ceo", "board"));
        told.after(Duration.ofMinutes(10)).after(Duration.ofMinutes(10)).thenStands(R, AWAITING_APPROVAL);

        told.approve(R, "ada").thenAccepted().thenStands(R, EXECUTING);
    }

    @ParameterizedTest
    @EnumSource(OnSilence.class)
    void silenceMeansWhatTheRuleSays(OnSilence meaning) {
        Scenario told =
                given().rule(asking().onSilence(meaning)).submit(R, DELETE).after(Duration.ofDays(3));

        switch (meaning) {
            case EXPIRE -> told.thenStands(R, EXPIRED, "NO_ANSWER_IN_TIME");
            case DENY -> told.thenStands(R, DENIED, "SILENCE_DENIES");
            case APPROVE -> told.thenStands(R, EXECUTING);
        }
    }

    @Test
    void aDenialThatStandsOutweighsSilence() {
        given().rule(asking().denyThreshold(2).onSilence(OnSilence.APPROVE))
                .submit(R, DELETE)
                .deny(R, "ada")
                .after(Duration.ofDays(3))
                .thenStands(R, DENIED, "SILENCE_DENIES");
    }

    @Test
    void whoeverApprovedMayTakeItBackWhileOthersAreAsked() {
        Scenario told = legalAndPrivacy().decide(R, APPROVE, LEA).decide(R, REVOKE, LEA);

        told.thenAccepted().decide(R, APPROVE, PAT).thenStands(R, AWAITING_APPROVAL);
    }

    private static Scenario legalAndPrivacy() {
        return given().rule(asking().anyOf(allOf(people("legal", 1), people("privacy", 1))))
                .submit(R, DELETE);
    }

    private static Scenario scanned() {
        return given().rule(asking().anyOf(allOf(people(GROUP, 1), machine("scanner"))))
                .submit(R, DELETE);
    }

    private static Scenario escalating(Mode mode) {
        return given().rule(asking().escalate(Duration.ofHours(8), mode, allOf(people("board", 1))))
                .submit(R, DELETE);
    }
}
