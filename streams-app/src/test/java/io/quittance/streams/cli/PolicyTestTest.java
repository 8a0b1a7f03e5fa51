package io.quittance.streams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyTestTest {

    private static final String POLICY = """
            name: shop
            rules:
              - id: intranet
                when: request.action == "EXPORT" && inCidr(requester.ip, "10.0.0.0/8")
                outcome: APPROVE
                minimize: {financial: MASK}
                reason: The office may export.
              - id: erasure
                when: request.action == "DELETE"
                outcome: ASK
                ask: {group: privacy-officers, count: 2}
                verification: {identity_level: 2, intent: true}
            """;

    private final CliFixture cli = new CliFixture();

    @TempDir
    private Path folder;

    private Path policy;

    @BeforeEach
    void write() throws IOException {
        policy = Files.writeString(folder.resolve("shop.policy.yaml"), POLICY);
        cli.environment.clear();
    }

    @Test
    void casesThatHoldPass() throws IOException {
        tests("""
                defaults:
                  request: {action: EXPORT}
                  requester: {type: STAFF, id: analyst-1, ip: 10.1.2.3}
                cases:
                  - name: The office may export
                    expect:
                      outcome: APPROVE
                      rule: intranet
                      reason: The office
                      minimize: {financial: MASK}
                      window: 1800s
                  - name: Elsewhere nobody may
                    given: {requester: {ip: 192.168.1.1}}
                    expect: {outcome: NO_MATCH}
                  - name: Without an address the answer is no
                    given: {requester: {ip: null}, request: {purpose: copy}}
                    expect: {outcome: DENY, rule: intranet, reason: could not be evaluated}
                  - name: Erasure asks two
                    given: {request: {action: DELETE}}
                    expect:
                      rule: erasure
                      ask:
                        groups: [privacy-officers]
                        alternatives: [2 privacy-officers]
                        deny_threshold: 1
                        answer_within: 72h
                        remind_after: never
                        on_silence: EXPIRE
                        hash_required: true
                      verification: {identity_level: 2, intent: true, max_age: never}
                      waiting: 0ms
                """);

        assertThat(run("--coverage", "--strict")).as(cli.out + cli.err).isZero();

        assertThat(cli.out).contains("  passed  The office may export\n").doesNotContain("RULE");
        assertThat(cli.err).isEqualTo("4 passed, 0 failed, 0 rules not reached.\n");
    }

    @Test
    void aCaseThatFailsSaysWhatWasExpectedAndWhatEachRuleLookedAt() throws IOException {
        tests("""
                cases:
                  - name: The office may export
                    given: {request: {action: EXPORT}, requester: {type: STAFF}}
                    expect: {outcome: APPROVE, rule: intranet}
                """);

        assertThat(run()).isEqualTo(ExitCode.REFUSED);

        assertThat(cli.out)
                .contains("  FAILED  The office may export  (" + folder.resolve("shop.tests.yaml") + ":2:5)")
                .contains("outcome: expected APPROVE, was DENY")
                .containsPattern("intranet +fails: .* request.action=EXPORT, requester.ip=\\(personal\\)")
                .containsPattern("erasure +not tried");
        assertThat(cli.err).isEqualTo("0 passed, 1 failed.\n");
    }

    @Test
    void rulesThatNoCaseReachesAreNamedAndFailOnlyWhenStrict() throws IOException {
        tests("cases: [{name: a, given: {request: {action: DELETE}}, expect: {rule: erasure}}]");

        assertThat(run("--coverage")).isZero();
        assertThat(cli.out).contains("not reached  rule 'intranet'").doesNotContain("'erasure'");
        assertThat(run("--coverage", "--strict")).isEqualTo(ExitCode.REFUSED);
        assertThat(run("--strict")).isEqualTo(ExitCode.REFUSED);
        assertThat(cli.out).contains("not reached  rule 'intranet'");
    }

    @Test
    void everyMistakeOfAPolicyIsALine() throws IOException {
        Files.writeString(policy, POLICY.replace("ASK\n", "ASKS\n").replace("APPROVE", "YES"));
        tests("cases: [{name: a, expect: {outcome: DENY}}]");

        assertThat(run()).isEqualTo(ExitCode.REFUSED);

        assertThat(cli.err.lines().filter(line -> line.contains("'outcome' must be one of")))
                .hasSize(2);
    }

    @Test
    void forProgramsEachCaseIsALine() throws IOException {
        tests("cases: [{name: a, given: {request: {action: DELETE}}, expect: {rule: erasure}}]");

        assertThat(run("--json", "--coverage")).isZero();

        assertThat(cli.out)
                .contains("\"case\":\"a\",\"line\":1,\"passed\":true,\"outcome\":\"ASK\"")
                .contains("{\"rule\":\"intranet\",\"result\":\"DOES_NOT_HOLD\",\"error\":\"\",\"looked_at\":{")
                .contains("\"unreached_rule\":\"intranet\"");
    }

    @Test
    void aPolicyWithoutTestsFails() {
        assertThat(run()).isEqualTo(ExitCode.REFUSED);

        assertThat(cli.err)
                .contains("shop.policy.yaml has no tests. Write them to " + folder.resolve("shop.tests.yaml"));
    }

    @Test
    void mistakesInTheTestsAreToldWithTheirPlace() throws IOException {
        tests("""
                defaults: {requester: {colour: red}}
                cases:
                  - name: a
                    given: {now: yesterday, request: {action: DELET}}
                    expect: {outcome: YES, ask: {group: x}}
                  - name: a
                    expect: {}
                """);

        assertThat(run()).isEqualTo(ExitCode.REFUSED);

        assertThat(cli.err)
                .contains(":1:24: Unknown key 'colour'")
                .contains("'now' must be a moment")
                .contains("'action' must be one of ACCESS, EXPORT, DELETE, ANONYMIZE.")
                .contains("'outcome' must be one of APPROVE, ASK, DENY, NO_MATCH.")
                .contains("Unknown key 'group'")
                .contains("There is another case of that name.")
                .contains("Expect something");
    }

    @Test
    void casesInASecondDocumentWouldNeverRunSoTheyAreRefused() throws IOException {
        tests("""
                cases: [{name: a, given: {request: {action: DELETE}}, expect: {rule: erasure}}]
                ---
                cases: [{name: b, given: {request: {action: DELETE}}, expect: {rule: intranet}}]
                """);

        assertThat(run()).isEqualTo(ExitCode.REFUSED);

        assertThat(cli.err).contains("shop.tests.yaml:3:1: The tests of a policy are one document; join them.");
    }

    @Test
    void aCaseTakesADefaultAwayWithAllThatIsUnderIt() throws IOException {
        tests("""
                defaults:
                  request: {action: DELETE}
                cases:
                  - name: Without the default it is a copy
                    given: {request: null}
                    expect: {outcome: NO_MATCH}
                  - name: With it nothing else is taken for granted
                    expect: {rule: erasure}
                """);

        assertThat(run()).as(cli.out + cli.err).isZero();
    }

    @Test
    void whoseApprovalFillsEachPlaceCanBeExpected() throws IOException {
        Files.writeString(policy, """
                name: shop
                rules:
                  - id: erasure
                    when: request.action == "DELETE"
                    outcome: ASK
                    ask:
                      all_of:
                        - {group: legal, when: 'approver.kind == "HUMAN"'}
                        - {group: risk-engine, machine: true}
                      escalation: {after: 1d, mode: ADD, group: board, count: 2}
                    verification: {identity_level: 2, within: 2d}
                """);
        String expected = """
                cases:
                  - name: a
                    given: {request: {action: DELETE}}
                    expect:
                      ask:
                        alternatives: [1 legal + 1 risk-engine]
                        requirements: ['1 legal when approver.kind == "HUMAN" + 1 risk-engine by machine']
                        escalation: {mode: ADD, groups: [board], alternatives: [2 board]}
                      verification: {within: 48h}
                """;
        tests(expected);
        assertThat(run()).as(cli.out + cli.err).isZero();

        tests(expected.replace("HUMAN", "MACHINE")
                .replace("mode: ADD", "mode: REPLACE")
                .replace("2 board", "1 board")
                .replace("48h", "24h"));
        assertThat(run()).isEqualTo(ExitCode.REFUSED);

        assertThat(cli.out)
                .contains(
                        "ask.requirements: expected 1 legal when approver.kind == \"MACHINE\" + 1 risk-engine by machine")
                .contains("ask.escalation.mode: expected REPLACE, was ADD")
                .contains("ask.escalation.alternatives: expected 1 board, was 2 board")
                .contains("verification.within: expected 1d, was 2d");
    }

    @Test
    void aTimeThatNoTimeIsAsLongAsIsAMistake() throws IOException {
        tests("cases: [{name: a, expect: {window: PT9999999999999999S}}]");

        assertThat(run()).isEqualTo(ExitCode.REFUSED);

        assertThat(cli.err).contains(":1:36: 'window' must be a time");
    }

    @Test
    void theTestsOfTheGuideHold() throws IOException {
        List<String> examples = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("DOCUMENTS.md")))
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
        Files.writeString(
                policy,
                examples.stream()
                        .filter(text -> text.startsWith("name: default"))
                        .findFirst()
                        .orElseThrow());
        tests(examples.stream()
                .filter(text -> text.startsWith("defaults:"))
                .findFirst()
                .orElseThrow());

        assertThat(run("--coverage", "--strict")).as(cli.out + cli.err).isZero();
    }

    private void tests(String yaml) throws IOException {
        Files.writeString(folder.resolve("shop.tests.yaml"), yaml);
    }

    private int run(String... options) {
        String[] arguments = new String[3 + options.length];
        arguments[0] = "policy";
        arguments[1] = "test";
        arguments[2] = policy.toString();
        System.arraycopy(options, 0, arguments, 3, options.length);
        return cli.run(arguments);
    }
}
