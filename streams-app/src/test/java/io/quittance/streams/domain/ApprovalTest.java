package io.quittance.streams.domain;

import static io.quittance.streams.domain.Scenario.GROUP;
import static io.quittance.streams.domain.Scenario.SUBJECT;
import static io.quittance.streams.domain.Scenario.asking;
import static io.quittance.streams.domain.Scenario.given;
import static io.quittance.streams.domain.model.Action.ANONYMIZE;
import static io.quittance.streams.domain.model.Action.DELETE;
import static io.quittance.streams.domain.model.Action.EXPORT;
import static io.quittance.streams.domain.model.RequestState.AWAITING_APPROVAL;
import static io.quittance.streams.domain.model.RequestState.DENIED;
import static io.quittance.streams.domain.model.RequestState.EXECUTING;
import static io.quittance.streams.domain.model.RequestState.QUEUED;
import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.streams.domain.model.Approver;
import io.quittance.streams.domain.model.Dataset;
import io.quittance.streams.domain.model.Grant;
import io.quittance.streams.domain.model.Narrowing;
import io.quittance.streams.domain.model.SystemEntry;
import io.quittance.streams.domain.model.TrailEntry;
import io.quittance.streams.domain.model.Verdict;
import io.quittance.streams.domain.model.Vouching;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ApprovalTest {
    private static final String R = "r";

    @Test
    void oneApprovalReleasesEverySystemUnderOneGrant() {
        Scenario told = given().submit(R, DELETE).approve(R, "ada").thenStands(R, EXECUTING);

        assertThat(told.issued(R)).containsExactlyInAnyOrder("shop#1", "archive#1");
        Grant grant = told.theCase(R).authority().grant().orElseThrow();
        assertThat(grant.systems()).containsExactly("archive", "shop");
        assertThat(grant.approvedBy()).containsExactly("ada");
        assertThat(grant.notBefore()).isEqualTo(told.now());
        assertThat(grant.notAfter()).isEqualTo(told.now().plus(Duration.ofMinutes(30)));
        assertThat(told.effects(Effect.RetractPrompt.class)).hasSize(1);
    }

    @Test
    void theWindowOpensAtReleaseAndNotAtTheRequest() {
        Scenario told = given().submit(R, DELETE).after(Duration.ofDays(2)).approve(R, "ada");

        assertThat(told.theCase(R).authority().grant().orElseThrow().notBefore())
                .isEqualTo(told.now());
    }

    @Test
    void nothingGoesOutBeforeApproval() {
        assertThat(given().submit(R, DELETE).issued(R)).isEmpty();
    }

    @Test
    void anApprovalTakenBackIsTakenBackEvenWhenTheClockHasGoneBack() {
        Scenario told = given().rule(asking().count(2)).submit(R, DELETE).approve(R, "ada");
        told.unobserved(Duration.ofSeconds(-5)).revoke(R, "ada").thenAccepted();

        told.approve(R, "bob").thenStands(R, AWAITING_APPROVAL);
    }

    @Test
    void whoeverTookAnApprovalBackMayGiveItAgainInTheSameMoment() {
        Scenario told = given().rule(asking().count(2)).submit(R, DELETE);

        told.approve(R, "ada").revoke(R, "ada").approve(R, "ada").thenAccepted();
        told.approve(R, "bob").thenStands(R, EXECUTING);
    }

    @Test
    void aNarrowApprovalStaysNarrowWhenTheMapLosesTheSystemAndFindsItAgain() {
        var onlyContact = new Narrowing(List.of(), List.of("contact"), null);
        Scenario told = given().onlySystem("shop").submit(R, DELETE);
        SystemEntry entry = Scenario.entryOf("shop", 1);

        told.mapLoses("shop").approveOnly(R, "ada", onlyContact).thenStands(R, EXECUTING);
        assertThat(told.theCase(R).authority().grant().orElseThrow().categories())
                .containsExactly("contact");
        told.entry(entry).after(Settings.DEFAULTS.unreachableRecheck());

        assertThat(told.effects(Effect.IssueTask.class))
                .singleElement()
                .satisfies(issue ->
                        assertThat(issue.datasets()).extracting(Dataset::name).containsExactly("people"));
    }

    @Test
    void aDecisionThatDoesNotCountDoesNotFillTheDocket() {
        var wide = new Narrowing(
                Collections.nCopies(256, "s".repeat(256)), Collections.nCopies(256, "c".repeat(256)), null);
        Scenario told = given().submit(R, DELETE);

        told.apply(told.decision(R, "ada", Verdict.APPROVE, told.planHash(R), wide))
                .thenRefused(Refusal.NARROWING_WIDENS);

        assertThat(told.theCase(R).authority().decisions())
                .singleElement()
                .satisfies(made -> assertThat(made.narrowing()).isEqualTo(Narrowing.NONE));
    }

    /** What counts is kept whole, and there is no end to how long a row may be made but this. */
    @Test
    void anApproverWithMoreGroupsThanFitIsRefused() {
        Scenario told = given().submit(R, DELETE);
        List<String> groups = new ArrayList<>(Collections.nCopies(Door.MAX_CREDENTIALS / 100 + 1, "g".repeat(100)));
        groups.add(GROUP);

        told.decide(R, Verdict.APPROVE, new Approver("ada", groups)).thenRefused(Refusal.INVALID_DECISION);

        told.decide(R, Verdict.APPROVE, new Approver("ada", groups.subList(1, groups.size())))
                .thenStands(R, EXECUTING);
    }

    @Test
    void nobodyChangesTheirMindForEver() {
        Scenario told = given().rule(asking().count(2)).submit(R, DELETE);
        for (int i = 0; i < Settings.DEFAULTS.maxTrail(); i += 2) {
            told.approve(R, "ada").thenAccepted().revoke(R, "ada").thenAccepted();
        }

        told.approve(R, "ada").thenRefused(Refusal.TOO_MANY_DECISIONS);
        told.deny(R, "bob").thenStands(R, DENIED);
        List<TrailEntry> trail = told.theCase(R).story().trail();
        assertThat(trail).hasSize(Settings.DEFAULTS.maxTrail());
        assertThat(trail.get(0).code()).as("how it began").isEqualTo("SUBMITTED");
        assertThat(trail.get(trail.size() - 1)).as("how it ended, and by whom").satisfies(last -> {
            assertThat(last.code()).isEqualTo("DENIED_BY_APPROVER");
            assertThat(last.actor()).isEqualTo("bob");
        });
    }

    @Test
    void aDenialEndsIt() {
        Scenario told = given().submit(R, DELETE).deny(R, "ada").thenStands(R, DENIED, "DENIED_BY_APPROVER");

        assertThat(told.issued(R)).isEmpty();
        assertThat(told.effects(Effect.RetractPrompt.class)).hasSize(1);
    }

    @Test
    void twoPeopleAreTwoDifferentPeople() {
        Scenario told = given().rule(asking().count(2)).submit(R, DELETE).approve(R, "ada");
        told.thenStands(R, AWAITING_APPROVAL);

        told.approve(R, "ada").thenRefused(Refusal.ALREADY_DECIDED).thenStands(R, AWAITING_APPROVAL);
        told.approve(R, "bob").thenStands(R, EXECUTING);
    }

    @Test
    void theSameDecisionTwiceCountsOnce() {
        Scenario told = given().rule(asking().count(2)).submit(R, DELETE);
        var decision = told.decision(R, "ada", Verdict.APPROVE, told.planHash(R), Narrowing.NONE);

        told.apply(decision).apply(decision).thenNothingFollows();
        assertThat(told.last().repeat()).isTrue();
    }

    @Test
    void nobodyApprovesTheirOwnRequest() {
        given().submit(R, DELETE).approve(R, SUBJECT).thenRefused(Refusal.SELF_APPROVAL);
    }

    @Test
    void aStrangerToTheGroupDoesNotCount() {
        Scenario told = given().submit(R, DELETE);
        var stranger = new Command.Decide(
                R,
                "d",
                Verdict.APPROVE,
                new Approver("eve", List.of("sales")),
                told.planHash(R),
                null,
                Narrowing.NONE,
                Vouching.BY_TOPIC,
                told.now());

        told.apply(stranger).thenRefused(Refusal.NOT_IN_GROUP).thenStands(R, AWAITING_APPROVAL);
    }

    @Test
    void anApprovalOfAnotherPlanIsRefused() {
        Scenario told = given().submit(R, DELETE);

        told.apply(told.decision(R, "ada", Verdict.APPROVE, "f".repeat(64), Narrowing.NONE))
                .thenRefused(Refusal.PLAN_HASH_MISMATCH);
        told.apply(told.decision(R, "ada", Verdict.APPROVE, null, Narrowing.NONE))
                .thenRefused(Refusal.PLAN_HASH_MISSING)
                .thenStands(R, AWAITING_APPROVAL);
    }

    @Test
    void aReasonIsGivenWhereTheRuleWantsOne() {
        Scenario told = given().rule(asking().reasonRequired()).submit(R, DELETE);
        var silent = new Command.Decide(
                R,
                "d",
                Verdict.APPROVE,
                new Approver("ada", List.of(GROUP)),
                told.planHash(R),
                " ",
                Narrowing.NONE,
                Vouching.BY_TOPIC,
                told.now());

        told.apply(silent).thenRefused(Refusal.REASON_MISSING);
    }

    @Test
    void anUnknownVerdictIsRefused() {
        Scenario told = given().submit(R, DELETE);

        told.apply(told.decision(R, "ada", Verdict.UNKNOWN, told.planHash(R), Narrowing.NONE))
                .thenRefused(Refusal.UNKNOWN_VERDICT);
    }

    @Test
    void anApproverMayApproveLess() {
        var less = new Narrowing(List.of("shop"), List.of("contact"), Duration.ofMinutes(5));
        Scenario told = given().submit(R, EXPORT).approveOnly(R, "ada", less);

        assertThat(told.issued(R)).containsExactly("shop#1");
        Effect.IssueTask task = told.effects(Effect.IssueTask.class).get(0);
        assertThat(task.datasets()).extracting("name").containsExactly("people");
        assertThat(task.grant().categories()).containsExactly("contact");
        assertThat(task.grant().notAfter()).isEqualTo(told.now().plus(Duration.ofMinutes(5)));
    }

    /** No category left would read as all of them. */
    @Test
    void approversWhoLeaveNoCategoryInCommonLeaveNothing() {
        Scenario told = given().rule(asking().count(2))
                .onlySystem("crm")
                .entry(Scenario.mixedEntryOf("crm", 1))
                .submit(R, ANONYMIZE)
                .approveOnly(R, "ada", onlyCategory("contact"));

        told.approveOnly(R, "bob", onlyCategory("financial")).thenRefused(Refusal.NARROWS_TO_NOTHING);
        told.approveOnly(R, "eve", onlyCategory("contact")).thenStands(R, EXECUTING);
        assertThat(told.effects(Effect.IssueTask.class).get(0).grant().categories())
                .containsExactly("contact");
    }

    /** What an approval comes to cannot be told while the entry is missing. */
    @Test
    void anApprovalThatTurnsOutToLeaveNothingIsAskedForAgain() {
        SystemEntry mixed = Scenario.mixedEntryOf("crm", 1);
        Scenario told = given().rule(asking().waiting(Duration.ofHours(1)))
                .onlySystem("crm")
                .entry(mixed)
                .submit(R, DELETE);
        told.mapLoses("crm").approveOnly(R, "ada", onlyCategory("contact")).thenStands(R, QUEUED);

        told.entry(mixed).after(Duration.ofHours(1)).thenStands(R, AWAITING_APPROVAL);

        assertThat(told.effects(Effect.IssueTask.class)).isEmpty();
    }

    private static Narrowing onlyCategory(String category) {
        return new Narrowing(List.of(), List.of(category), null);
    }

    @Test
    void anApproverMayNotApproveMore() {
        Scenario told = given().onlySystem("shop").submit(R, EXPORT);

        told.approveOnly(R, "ada", new Narrowing(List.of("shop", "archive"), List.of(), null))
                .thenRefused(Refusal.NARROWING_WIDENS);
        told.approveOnly(R, "ada", new Narrowing(List.of(), List.of("contact", "dreams"), null))
                .thenRefused(Refusal.NARROWING_WIDENS);
        told.approveOnly(R, "ada", new Narrowing(List.of(), List.of(), Duration.ofHours(9)))
                .thenRefused(Refusal.NARROWING_WIDENS);
    }

    @Test
    void approvalsThatTogetherLeaveNothingAreRefused() {
        given().rule(asking().count(2))
                .submit(R, EXPORT)
                .approveOnly(R, "ada", new Narrowing(List.of("shop"), List.of(), null))
                .approveOnly(R, "bob", new Narrowing(List.of("archive"), List.of(), null))
                .thenRefused(Refusal.NARROWS_TO_NOTHING)
                .thenStands(R, AWAITING_APPROVAL);
    }

    @Test
    void anApprovalTakenBackBeforeItWasEnoughNoLongerCounts() {
        given().rule(asking().count(2))
                .submit(R, DELETE)
                .approve(R, "ada")
                .revoke(R, "ada")
                .approve(R, "bob")
                .thenStands(R, AWAITING_APPROVAL);
    }

    @Test
    void aRefusedDecisionStandsInTheAudit() {
        Scenario told = given().submit(R, DELETE).approve(R, SUBJECT);

        var audits = told.effects(Effect.WriteAudit.class);
        var snapshot = audits.get(audits.size() - 1).snapshot();
        assertThat(snapshot.authority().decisions()).extracting("rejection").containsExactly("SELF_APPROVAL");
        assertThat(snapshot.story().trail()).extracting("code").contains("SELF_APPROVAL");
    }

    @Test
    void aDecisionAfterTheEndGoesToPeople() {
        Scenario told = given().submit(R, DELETE).deny(R, "ada");

        told.apply(told.decision(R, "bob", Verdict.APPROVE, "0".repeat(64), Narrowing.NONE))
                .thenRefused(Refusal.REQUEST_CLOSED);
        assertThat(told.effects(Effect.DeadLetterInput.class)).hasSize(1);
    }
}
