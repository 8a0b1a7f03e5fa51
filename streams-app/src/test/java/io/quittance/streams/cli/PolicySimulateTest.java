package io.quittance.streams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.schema.PolicyDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicySimulateTest {

    private static final String OLD = """
            name: p
            rules:
              - {id: reads, when: 'request.action in ["ACCESS", "EXPORT"]', outcome: APPROVE}
              - {id: writes, when: request.action == "DELETE", outcome: ASK, ask: {group: dpo}}
            """;

    private final CliFixture cli = new CliFixture();

    @TempDir
    private Path folder;

    private Path policy;

    @BeforeEach
    void aPolicyIsInForceAndRequestsWereMade() throws IOException {
        cli.input = OLD;
        assertThat(cli.run("policy", "apply", "-")).as(cli.err).isZero();
        policy = Files.writeString(
                folder.resolve("p.policy.yaml"),
                OLD.replace("[\"ACCESS\", \"EXPORT\"]", "[\"ACCESS\"]").replace("group: dpo", "group: dpo, count: 2"));
        submit("r-1", "ACCESS");
        submit("r-2", "EXPORT");
        submit("r-3", "DELETE");
        submit("r-4", "ANONYMIZE");
        cli.run("request", "withdraw", "r-4", "--subject", "s-1");
    }

    @Test
    void theDifferenceIsCountedAndEachRequestThatChangesIsNamedWithBothRules() {
        assertThat(cli.run("policy", "simulate", policy.toString(), "--from-topic"))
                .as(cli.err)
                .isZero();

        assertThat(cli.out)
                .containsPattern("APPROVE +APPROVE +1\n")
                .containsPattern("APPROVE +NO_MATCH +1 +changes\n")
                .containsPattern("ASK +ASK +1\n")
                .containsPattern("NO_MATCH +NO_MATCH +1\n")
                .containsPattern("r-2 +EXPORT +APPROVE by reads +NO_MATCH ")
                .containsPattern("r-3 +DELETE +ASK by writes +ASK by writes +ask.alternatives: 1 dpo -> 2 dpo\n")
                .doesNotContain("r-1", "r-4");
        assertThat(cli.err).endsWith("4 requests judged, 2 answered otherwise.\n");
    }

    @Test
    void whatIsRecordedHoldsNoIdentifiersAndSimulatesTheSame() throws IOException {
        assertThat(cli.run("request", "record")).isZero();
        String recorded = cli.out;
        assertThat(recorded.lines()).hasSize(4);
        assertThat(recorded)
                .contains("\"action\":\"EXPORT\"", "\"roles\":[\"analyst\"]")
                .doesNotContain("ada@example.org", "identifiers", "10.1.2.3");
        assertThat(cli.run("request", "record", "--with-ip")).isZero();
        assertThat(cli.out).contains("\"ip\":\"10.1.2.3\"").doesNotContain("ada@example.org");

        cli.environment.clear();
        Path old = Files.writeString(folder.resolve("old.yaml"), OLD);
        cli.input = recorded;
        assertThat(cli.run(
                        "policy",
                        "simulate",
                        policy.toString(),
                        "--recorded",
                        "-",
                        "--against",
                        old.toString(),
                        "--json"))
                .as(cli.err)
                .isZero();

        assertThat(cli.out)
                .contains(
                        "{\"request_id\":\"r-2\",\"action\":\"EXPORT\",\"before\":{\"outcome\":\"APPROVE\",\"rule\":\"reads\"")
                .endsWith("{\"requests\":4,\"changed\":2,\"counts\":["
                        + "{\"before\":\"APPROVE\",\"after\":\"APPROVE\",\"requests\":1},"
                        + "{\"before\":\"APPROVE\",\"after\":\"NO_MATCH\",\"requests\":1},"
                        + "{\"before\":\"ASK\",\"after\":\"ASK\",\"requests\":1},"
                        + "{\"before\":\"NO_MATCH\",\"after\":\"NO_MATCH\",\"requests\":1}]}\n");
    }

    @Test
    void noMoreIsShownThanIsWanted() {
        assertThat(cli.run("policy", "simulate", policy.toString(), "--from-topic", "--limit", "1"))
                .isZero();

        assertThat(cli.out).contains("r-2").doesNotContain("r-3");
        assertThat(cli.err).contains("2 answered otherwise, of which 1 are shown");
    }

    @Test
    void aLineThatIsNoRequestIsToldByItsNumberAndNotShown() {
        cli.input = "\n{\"request_id\":\"r\",\"action\":\"ACCESS\",\"regime\":\"GDPR\","
                + "\"submitted_at\":\"2026-01-01T00:00:00Z\",\"requester\":{}}\n";

        assertThat(cli.run("policy", "simulate", policy.toString(), "--recorded", "-"))
                .isEqualTo(ExitCode.REFUSED);

        assertThat(cli.err).contains("-:2: This is no recorded request: 'type' is missing.");
    }

    @Test
    void withoutAPolicyToCompareWithThereIsNoDifference() {
        cli.run("policy", "remove", "p", "--yes");

        assertThat(cli.run("policy", "simulate", policy.toString(), "--from-topic"))
                .isEqualTo(ExitCode.NOT_FOUND);
        assertThat(cli.err).contains("--against");
        assertThat(cli.run("policy", "simulate", policy.toString())).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aPolicyThatAnEarlierVersionLetThroughIsComparedWith() {
        putInForce("!(\"shop\" in request.systems)");

        assertThat(cli.run("policy", "simulate", policy.toString(), "--from-topic"))
                .as(cli.err)
                .isZero();
        assertThat(cli.out).containsPattern("r-4 +ANONYMIZE +ASK by writes +NO_MATCH");
    }

    @Test
    void aPolicyInForceThatThisVersionDoesNotTakeUpIsNotTakenForTheFile() {
        putInForce("request.nothing");

        assertThat(cli.run("policy", "simulate", policy.toString(), "--from-topic"))
                .isEqualTo(ExitCode.REFUSED);
        assertThat(cli.err)
                .contains(
                        "This version does not take up the policy 'p' that is published: Rule 'writes', line 1, column 8:"
                                + " undefined field 'nothing'",
                        "quittance policy show p")
                .doesNotContain("Nothing was changed");
    }

    /** As another version may have published it. */
    private void putInForce(String condition) {
        PolicyDocument document = PolicyDocument.newBuilder(cli.pipeline
                        .values("privacy.policies", PolicyDocument.class)
                        .get(0))
                .build();
        document.setVersion(document.getVersion() + 1);
        document.getRules().get(1).setWhen(condition);
        cli.pipeline.put("privacy.policies", "p", document);
    }

    @Test
    void whatInstancesRefusedIsNotComparedWith() {
        PolicyDocument inForce =
                cli.pipeline.values("privacy.policies", PolicyDocument.class).get(0);
        PolicyDocument second = PolicyDocument.newBuilder(inForce)
                .setRules(inForce.getRules().subList(1, 2))
                .build();
        cli.pipeline.put("privacy.policies", "p", second);

        assertThat(cli.run("policy", "simulate", policy.toString(), "--from-topic"))
                .as(cli.err)
                .isZero();

        assertThat(cli.out).containsPattern("APPROVE +NO_MATCH +1 +changes\n");
        assertThat(cli.err).contains("What was published last as 'p' is not in force");
    }

    private void submit(String request, String action) {
        cli.input = "email: ada@example.org";
        cli.run(
                "request",
                "submit",
                "--subject",
                "s-1",
                "--action",
                action,
                "--regime",
                "GDPR",
                "--purpose",
                "x",
                "--request-id",
                request,
                "--requester-type",
                "STAFF",
                "--requester-id",
                "a-1",
                "--role",
                "analyst",
                "--ip",
                "10.1.2.3",
                "--identifiers-file",
                "-");
    }
}
