package io.quittance.streams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.schema.AlternativeAsked;
import io.quittance.schema.ApprovalPrompt;
import io.quittance.schema.ApproverKind;
import io.quittance.schema.AuditRecord;
import io.quittance.schema.DecisionEvent;
import io.quittance.schema.DecisionMade;
import io.quittance.schema.Narrowing;
import io.quittance.schema.PromptKind;
import io.quittance.schema.RequestEvent;
import io.quittance.schema.RequestState;
import io.quittance.schema.RequirementAsked;
import io.quittance.schema.ReviewMade;
import io.quittance.schema.Submission;
import io.quittance.schema.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The side of the approvers and the reviewers. */
class ReviewAndPlacesTest {

    private final CliFixture cli = new CliFixture();

    @BeforeEach
    void promptsWait() {
        ApprovalPrompt asked = Samples.prompt("r-1");
        asked.setGroup("privacy-officers, legal, scanner");
        asked.setAlternatives(List.of(
                way(place("privacy-officers", 2, "officer-9"), place("legal", 1)),
                way(machine("scanner"), place("legal", 1, "officer-9"))));
        asked.setDenyThreshold(2);
        asked.setDeniedBy(List.of("officer-8"));
        asked.setSignatureRequired(true);
        asked.setEscalated(true);
        asked.setDueAt(CliFixture.NOW.plusSeconds(86_400));
        cli.pipeline.put("privacy.approvals", "r-1", asked);
        ApprovalPrompt review = Samples.prompt("r-2");
        review.setKind(PromptKind.REVIEW);
        review.setGroup("dpo");
        review.setBreakGlassReason("incident 4711");
        cli.pipeline.put("privacy.approvals", "r-2", review);
    }

    @Test
    void theListShowsTheNearestWayAndWhatWaitsForAReview() {
        assertThat(cli.run("approvals", "list")).isZero();
        assertThat(cli.out)
                .containsPattern("r-1 .*privacy-officers, legal, scanner +1 of 2 .*2026-03-02T10:00:00Z")
                .containsPattern("r-2 .* dpo +review ");

        assertThat(cli.run("approvals", "list", "--group", "legal")).isZero();
        assertThat(cli.out).contains("r-1").doesNotContain("r-2");
    }

    @Test
    void aPromptShowsItsWaysAndWhoFillsWhichPlace() {
        assertThat(cli.run("approvals", "show", "r-1")).isZero();

        assertThat(cli.out)
                .contains("; a signature is required; escalated\n")
                .contains("Either      2 of privacy-officers [officer-9], and 1 of legal\n")
                .contains(
                        "or          1 of scanner (a machine) where approver.id == \"scan-1\", and 1 of legal [officer-9]\n")
                .contains("Denials     1 of 2 that end it, officer-8\n")
                .contains("Due         2026-03-02T10:00:00Z, by law\n");
        assertThat(cli.run("approvals", "show", "r-2")).isZero();
        assertThat(cli.out).contains("Emergency   claimed: incident 4711", "a review by one of dpo");
    }

    @Test
    void aMemberOfAnyGroupThatIsAskedMayApproveAndAMachineSaysThatItIsOne() {
        assertThat(cli.run("decide", "approve", "r-1", "--group", "legal", "--reason", "x"))
                .as(cli.err)
                .isZero();
        assertThat(cli.run(
                        "decide",
                        "approve",
                        "r-1",
                        "--group",
                        "scanner",
                        "--reason",
                        "x",
                        "--as",
                        "scan-1",
                        "--machine",
                        "--attribute",
                        "region=eu"))
                .isZero();

        assertThat(decisions())
                .extracting(made -> made.getApprover().getKind())
                .containsExactly(ApproverKind.HUMAN, ApproverKind.MACHINE);
        assertThat(decisions().get(1).getApprover().getAttributes()).isEqualTo(Map.of("region", "eu"));
        assertThat(cli.run("decide", "approve", "r-1", "--group", "hr", "--reason", "x"))
                .isEqualTo(ExitCode.REFUSED);
        assertThat(cli.err).contains("asks the groups privacy-officers, legal, scanner");
    }

    @Test
    void aReviewIsSignedOffOrObjectedToWithAReason() {
        assertThat(cli.run("decide", "sign-off", "r-2", "--group", "dpo")).isEqualTo(ExitCode.REFUSED);
        assertThat(cli.err).contains("A review wants a reason.");
        assertThat(cli.run("decide", "sign-off", "r-2", "--group", "hr", "--reason", "x"))
                .isEqualTo(ExitCode.REFUSED);

        assertThat(cli.run("decide", "sign-off", "r-2", "--group", "dpo", "--reason", "confirmed"))
                .isZero();
        assertThat(cli.run("decide", "object", "r-2", "--group", "dpo", "--reason", "no incident"))
                .isZero();

        assertThat(decisions()).extracting(DecisionEvent::getVerdict).containsExactly(Verdict.SIGN_OFF, Verdict.OBJECT);
    }

    @Test
    void anApprovalIsNoAnswerToAReviewNorTheOtherWayRound() {
        assertThat(cli.run("decide", "approve", "r-2", "--group", "dpo", "--reason", "x"))
                .isEqualTo(ExitCode.REFUSED);
        assertThat(cli.err).contains("quittance decide sign-off");
        assertThat(cli.run("decide", "deny", "r-2", "--group", "dpo")).isEqualTo(ExitCode.REFUSED);
        assertThat(cli.run("decide", "object", "r-1", "--group", "legal", "--reason", "x"))
                .isEqualTo(ExitCode.REFUSED);
        assertThat(cli.err).contains("quittance decide deny");
        assertThat(decisions()).isEmpty();
    }

    @Test
    void emergencyAccessIsClaimedWithItsReason() {
        assertThat(cli.run(
                        "request",
                        "submit",
                        "--subject",
                        "s-1",
                        "--action",
                        "ACCESS",
                        "--regime",
                        "NONE",
                        "--purpose",
                        "incident",
                        "--break-glass",
                        "incident 4711"))
                .isZero();

        Submission made = (Submission) cli.pipeline
                .values("privacy.requests", RequestEvent.class)
                .get(0)
                .getBody();
        assertThat(made.getBreakGlass().getReason()).isEqualTo("incident 4711");
    }

    @Test
    void theAuditTellsOfTheReviewOfNarrowingAndOfWhoVouched() {
        AuditRecord audit = Samples.audit("r-3", RequestState.FULFILLED, true, 4)
                .setBreakGlassReason("incident 4711")
                .setReview(ReviewMade.newBuilder()
                        .setGroup("dpo")
                        .setDueAt(CliFixture.NOW)
                        .setReviewer("dpo-1")
                        .setVerdict(Verdict.OBJECT)
                        .setReason("no incident")
                        .setAt(CliFixture.NOW)
                        .build())
                .setDecisions(List.of(DecisionMade.newBuilder()
                        .setDecisionId("d")
                        .setApprover("scan-1")
                        .setVerdict(Verdict.APPROVE)
                        .setAccepted(true)
                        .setKind(ApproverKind.MACHINE)
                        .setVouchedBy("SIGNATURE")
                        .setKeyId("key-7")
                        .setNarrowing(new Narrowing(List.of("shop"), List.of("contact"), 600_000L))
                        .setAt(CliFixture.NOW)
                        .build()))
                .build();
        cli.pipeline.put("privacy.audit", "r-3", audit);

        assertThat(cli.run("audit", "show", "r-3")).isZero();

        assertThat(cli.out)
                .contains("Emergency   claimed: incident 4711")
                .contains("Review      OBJECT by dpo-1 of dpo at 2026-03-01T10:00:00Z, \"no incident\"")
                .contains(
                        "APPROVE by the machine scan-1, only in shop of contact for 10m, vouched for by SIGNATURE with"
                                + " key key-7");
    }

    private List<DecisionEvent> decisions() {
        return cli.pipeline.values("privacy.decisions", DecisionEvent.class);
    }

    private static AlternativeAsked way(RequirementAsked... places) {
        return new AlternativeAsked(List.of(places));
    }

    private static RequirementAsked place(String group, int needed, String... filledBy) {
        return RequirementAsked.newBuilder()
                .setGroup(group)
                .setNeeded(needed)
                .setFilledBy(List.of(filledBy))
                .build();
    }

    private static RequirementAsked machine(String group) {
        return RequirementAsked.newBuilder()
                .setGroup(group)
                .setNeeded(1)
                .setMachine(true)
                .setWhen("approver.id == \"scan-1\"")
                .build();
    }
}
