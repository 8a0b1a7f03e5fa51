package io.quittance.streams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Help.Ansi;

class PolicyCheckTest {

    private static final String SOUND = """
            name: p
            rules:
              - id: own-copy
                when: request.action == "ACCESS"
                outcome: APPROVE
                reason: People may see what is theirs.
              - {id: otherwise, when: "true", outcome: DENY, reason: Nothing else is foreseen.}
            """;

    private final CliFixture cli = new CliFixture();

    @Test
    void aSoundPolicyPassesWithoutACluster() {
        cli.environment.clear();
        cli.input = SOUND;

        assertThat(cli.run("policy", "check", "--strict", "-")).isZero();

        assertThat(cli.out).isEmpty();
        assertThat(cli.err).isEqualTo("1 file checked: 0 errors, 0 warnings.\n");
    }

    @Test
    void aWarningSaysWhereAndHowToMendItAndFailsOnlyWhenStrict() {
        cli.input = SOUND.replace("\"ACCESS\"", "\"DELETE\"");

        assertThat(cli.run("policy", "check", "-")).isZero();
        assertThat(cli.out)
                .startsWith("-:5:5: warning: Rule 'own-copy' approves DELETE that nobody looks at, and a program can"
                        + " trigger it. [unattended-write]\n    Make it ASK;");

        assertThat(cli.run("policy", "check", "-", "--strict")).isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void whatIsMeantIsSaidInTheDocumentAndNotReportedAgain() {
        cli.input = SOUND.replace("\"ACCESS\"", "\"DELETE\"")
                .replace(
                        "    reason: People",
                        "    accepts: {unattended-write: The job is limited.}\n    reason: People");
        assertThat(cli.run("policy", "check", "-", "--strict")).as(cli.out).isZero();
        assertThat(cli.run("policy", "apply", "-", "--check")).as(cli.err).isZero();
    }

    @Test
    void anAcceptanceThatIsNotNeededOrNotKnownIsTold() {
        cli.input = SOUND.replace(
                "    reason: People",
                "    accepts: {unattended-write: It is limited., unreachable-rule: So what., no-reason: ''}\n"
                        + "    reason: People");

        assertThat(cli.run("policy", "check", "-")).isEqualTo(ExitCode.REFUSED);

        assertThat(cli.out)
                .contains("needless-acceptance")
                .contains("-:6:67: error: 'unreachable-rule' is no finding that can be accepted. [invalid]")
                .contains("Say in a sentence why 'no-reason' is meant.");
    }

    @Test
    void whatPublishingWouldRefuseIsAnErrorOfEachFile(@TempDir Path folder) throws IOException {
        Path broken =
                Files.writeString(folder.resolve("broken.yaml"), "name: p\nrules:\n  - {id: a, outcome: MAYBE}\n");
        Path sound = Files.writeString(folder.resolve("sound.yaml"), SOUND);

        assertThat(cli.run("policy", "check", broken.toString(), sound.toString(), "--json"))
                .isEqualTo(ExitCode.REFUSED);

        assertThat(cli.out.lines())
                .hasSize(2)
                .allMatch(line -> line.startsWith("{\"file\":\"" + broken + "\",\"line\":3,")
                        && line.contains("\"severity\":\"error\",\"finding\":\"invalid\""));
        assertThat(cli.err).contains("2 files checked: 2 errors, 0 warnings.");
    }

    @Test
    void aCommaInAGroupIsAnError() {
        cli.input = SOUND.replace("outcome: APPROVE", "outcome: ASK\n    ask: {group: \"a,b\"}");

        assertThat(cli.run("policy", "check", "-")).isEqualTo(ExitCode.REFUSED);

        assertThat(cli.out).startsWith("-:6:18: error: 'group' is one group, and has no comma in its name");
    }

    @Test
    void groupsThatAreTooSmallAreFound(@TempDir Path folder) throws IOException {
        Path groups = Files.writeString(folder.resolve("groups.yaml"), "dpo: [ann, bob]\nlegal: 4\n");
        cli.input = SOUND.replace("outcome: APPROVE", "outcome: ASK\n    ask: {group: dpo, count: 3}");

        assertThat(cli.run("policy", "check", "-", "--groups", groups.toString()))
                .isEqualTo(ExitCode.REFUSED);

        assertThat(cli.out)
                .contains("-:6:5: error:")
                .contains("it needs 3 distinct of dpo, and there are 2. [unsatisfiable-ask]");
        assertThat(cli.run("policy", "check", "-")).isZero();
    }

    @Test
    void severityHasAColourOnATerminal() {
        cli.ansi = Ansi.ON;
        cli.input = SOUND.replace("\"ACCESS\"", "\"DELETE\"");

        cli.run("policy", "check", "-");

        assertThat(cli.out).contains("\u001b[1m\u001b[33mwarning\u001b[");
    }
}
