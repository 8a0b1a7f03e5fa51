package io.quittance.streams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PolicyExplainTest {

    private static final String POLICY = """
            name: default
            rules:
              - id: own-copy
                when: |
                  request.action == "ACCESS"
                    && requester.type == "SUBJECT"
                outcome: APPROVE
              - {id: erase, when: request.action == "DELETE", outcome: ASK, ask: {group: privacy-officers, count: 2}}
              - {id: otherwise, when: "true", outcome: DENY}
            """;

    private final CliFixture cli = new CliFixture();

    @BeforeEach
    void aRequestWasDecidedByTheFourthVersion() {
        for (int version = 1; version <= 5; version++) {
            cli.input = POLICY.replace("own-copy", "own-copy-" + version);
            cli.run("policy", "apply", "-");
        }
        cli.pipeline.put("privacy.audit", "r-1", Samples.story("r-1"));
    }

    @Test
    void theStoryNamesRuleValuesWhatDidNotHoldWhoDecidedAndWhatDidNotCount() {
        assertThat(cli.run("policy", "explain", "r-1")).isZero();

        assertThat(cli.out)
                .startsWith("SUBJECT subject-1 asked for DELETE of subject-1 under GDPR, for account-closure")
                .contains("Version 4 of the policy 'default' says ask, by rule 'erase'")
                .contains("  \"Erasure wants two officers.\"\n")
                .contains("  requester.type was SUBJECT\n")
                .contains("These rules come first, and did not hold:\n"
                        + "  'own-copy-4': request.action == \"ACCESS\" && requester.type == \"SUBJECT\"\n")
                .doesNotContain("otherwise", "own-copy-5")
                .contains("Asked for 2 of privacy-officers, to be answered within 3d; silence means EXPIRE.")
                .contains("APPROVE by officer-9, \"checked\"")
                .contains("APPROVE by officer-8, did not count: PLAN_HASH_MISMATCH")
                .contains("      The decision is about another plan than the one that is waiting.\n")
                .contains("It is FULFILLED: Reason 9. (CODE_9)");
    }

    @Test
    void withoutTheVersionTheStoryIsShorterAndSaysSo() {
        cli.pipeline.records.removeIf(stored -> stored.topic().equals("privacy.policies"));

        assertThat(cli.run("policy", "explain", "r-1")).isZero();

        assertThat(cli.out).contains("no longer in the topic of policies").contains("by rule 'erase'");
    }

    @Test
    void whileItIsAskedThePlacesAreShown() {
        var waiting = Samples.audit("r-2", io.quittance.schema.RequestState.AWAITING_APPROVAL, false, 2)
                .setRule(Samples.story("r-2").getRule())
                .build();
        cli.pipeline.put("privacy.audit", "r-2", waiting);
        cli.pipeline.put("privacy.approvals", "r-2", Samples.prompt("r-2"));

        assertThat(cli.run("policy", "explain", "r-2")).isZero();

        assertThat(cli.out).contains("Asked of privacy-officers, 1 of 2, until 2026-03-04T10:00:00Z.");
    }

    @Test
    void forProgramsItIsOneObject() {
        assertThat(cli.run("policy", "explain", "r-1", "--json")).isZero();

        assertThat(cli.out)
                .startsWith("{\"request_id\":\"r-1\",\"state\":\"FULFILLED\"")
                .contains("\"policy_known\":true,\"rules_before\":[{\"rule\":\"own-copy-4\"")
                .contains("\"rejection_sentence\":\"The decision is about another plan");
        assertThat(cli.out.lines()).hasSize(1);
    }

    @Test
    void aRequestThatNobodyKnowsIsNotFound() {
        assertThat(cli.run("policy", "explain", "r-9")).isEqualTo(ExitCode.NOT_FOUND);
    }
}
