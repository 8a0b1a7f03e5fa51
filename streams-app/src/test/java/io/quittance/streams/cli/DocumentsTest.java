package io.quittance.streams.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.quittance.schema.PolicyDocument;
import io.quittance.schema.SystemEntry;
import io.quittance.streams.cli.document.CelChecker;
import io.quittance.streams.cli.document.ConditionChecker.ConditionProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentsTest {

    private static final String POLICY = "src/test/resources/documents/policy.yaml";
    private static final String SYSTEMS = "src/test/resources/documents/systems.yaml";

    private final CliFixture cli = new CliFixture();

    @Test
    void aPolicyIsPublishedAsItsNextVersionAndOnlyWhenItChanged() throws IOException {
        assertThat(cli.run("policy", "apply", POLICY)).isZero();
        assertThat(cli.out).isEqualTo("default version 1 created\n");
        assertThat(cli.run("policy", "apply", POLICY)).isZero();
        assertThat(cli.out).isEqualTo("default version 1 unchanged\n");

        cli.input = Files.readString(Path.of(POLICY)).replace("30m", "20m");
        assertThat(cli.run("policy", "apply", "-", "--as", "ops-7")).isZero();
        assertThat(cli.out).isEqualTo("default version 2 updated\n");

        assertThat(cli.pipeline.values("privacy.policies", PolicyDocument.class))
                .extracting(PolicyDocument::getVersion, PolicyDocument::getPublishedBy, PolicyDocument::getPublishedAt)
                .containsExactly(
                        tuple(1, "officer-1", CliFixture.NOW),
                        tuple(1, "officer-1", CliFixture.NOW),
                        tuple(2, "ops-7", CliFixture.NOW),
                        tuple(2, "ops-7", CliFixture.NOW));
    }

    @Test
    void aPolicyThatIsNotValidIsNotPublished() {
        cli.conditions = (cel, use) -> cel.contains("DELETE")
                ? List.of(new ConditionProblem(2, 3, "undeclared reference to 'requester'"))
                : List.of();

        assertThat(cli.run("policy", "apply", POLICY)).isEqualTo(ExitCode.REFUSED);

        assertThat(cli.err)
                .contains(POLICY + ":15:9: undeclared reference to 'requester'")
                .contains("Nothing was changed.");
        assertThat(cli.pipeline.records).isEmpty();
    }

    /** What `policy check` refuses, or the pipeline would: applied, it would be on the topic and never in force. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "reason: \"Staff act\\tfrom managed devices only.\"",
                "reason: x\n    window: PT0.0005S",
                "reason: x\n    minimize: {\"fin\\tancial\": MASK}"
            })
    void aPolicyThatWouldNeverComeIntoForceIsNotPublished(String end) {
        cli.input = "name: default\nrules:\n  - id: unmanaged\n    when: 'true'\n    outcome: DENY\n    " + end;

        assertThat(cli.run("policy", "apply", "-")).isEqualTo(ExitCode.REFUSED);
        assertThat(cli.err).contains("Nothing was changed.");
        assertThat(cli.run("policy", "apply", "-", "--check")).isEqualTo(ExitCode.REFUSED);
        assertThat(cli.pipeline.records).isEmpty();
    }

    @Test
    void aConditionIsCompiledAsThePipelineCompilesIt() {
        cli.input = "name: default\nrules: [{id: a, when: request.colour == 'red', outcome: DENY}]\n";

        assertThat(cli.run("policy", "apply", "-")).isEqualTo(ExitCode.REFUSED);

        assertThat(cli.err).contains("colour");
        assertThat(cli.pipeline.records).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "task_timeout: PT0.0005S, l, contact",
        "max_attempts: 5, \"l\\tl\", contact",
        "max_attempts: 5, l, \"c\\tt\""
    })
    void aSystemThatWouldNeverComeIntoForceIsNotPublished(String setting, String location, String category) {
        cli.input = "system: crm\nactions: [DELETE]\n" + setting + "\ndatasets: [{name: d, location: " + location
                + ", locator: {identifier: i, column: c}, fields: {email: " + category + "}}]\n";

        assertThat(cli.run("systems", "apply", "-")).isEqualTo(ExitCode.REFUSED);

        assertThat(cli.err).contains("Nothing was changed.");
        assertThat(cli.run("systems", "apply", "-", "--check")).isEqualTo(ExitCode.REFUSED);
        assertThat(cli.pipeline.records).isEmpty();
    }

    @Test
    void aSystemThatIsTooLargeToBeTakenUpIsNotPublished() {
        StringBuilder datasets = new StringBuilder();
        for (int i = 0; i < 1_200; i++) {
            datasets.append("  - {name: d").append(i).append(", location: ").append("l".repeat(500));
            datasets.append(", locator: {identifier: i, column: c}}\n");
        }
        cli.input = "system: crm\nactions: [DELETE]\ndatasets:\n" + datasets;

        assertThat(cli.run("systems", "apply", "-")).isEqualTo(ExitCode.REFUSED);

        assertThat(cli.err).contains("'crm'", "larger than", "Nothing was changed.");
        assertThat(cli.pipeline.records).isEmpty();
    }

    @Test
    void aLimitThatWouldNeverComeIntoForceIsNotPublished() {
        cli.input = "name: l\nper_window: {count: 1, window: PT0.0005S}\n";

        assertThat(cli.run("limits", "apply", "-")).isEqualTo(ExitCode.REFUSED);

        assertThat(cli.err).contains("window", "Nothing was changed.");
        assertThat(cli.run("limits", "apply", "-", "--check")).isEqualTo(ExitCode.REFUSED);
        assertThat(cli.pipeline.records).isEmpty();
    }

    @Test
    void aFileCannotSteerTheTerminalNorAddLinesToWhatIsSaid() {
        cli.input = "name: default\n\"\\e[2Jx\\nNothing is wrong.\": 1\nrules: [{id: a, when: 'true', outcome: NO}]\n";

        assertThat(cli.run("policy", "apply", "-")).isEqualTo(ExitCode.REFUSED);

        assertThat(cli.err).contains("?[2Jx?Nothing is wrong.").doesNotContain("\u001b");
        assertThat(cli.err.lines()).hasSize(3);
    }

    @Test
    void theExampleCompiles() {
        cli.conditions = new CelChecker();

        assertThat(cli.run("policy", "apply", POLICY, "--check")).as(cli.err).isZero();
        cli.input = "name: p\nrules:\n  - id: a\n    when: request.colour == 'red'\n    outcome: DENY\n";
        assertThat(cli.run("policy", "apply", "-", "--check")).isEqualTo(ExitCode.REFUSED);
        assertThat(cli.err).startsWith("-:4:18: ").contains("colour");
    }

    @Test
    void aCheckNeedsNoCluster() {
        cli.environment.clear();

        assertThat(cli.run("policy", "apply", POLICY, "--check")).isZero();
        assertThat(cli.run("systems", "apply", SYSTEMS, "--check")).isZero();
        assertThat(cli.err).isEqualTo("2 entries are valid.\n");
    }

    @Test
    void aDryRunSaysWhatWouldChange() {
        assertThat(cli.run("policy", "apply", POLICY, "--dry-run", "--json")).isZero();

        assertThat(cli.out).isEqualTo("{\"name\":\"default\",\"version\":1,\"change\":\"created\",\"dry_run\":true}\n");
        assertThat(cli.pipeline.records).isEmpty();
    }

    @Test
    void publishingNeedsAPublisher() {
        cli.environment.remove("QUITTANCE_AS");

        assertThat(cli.run("policy", "apply", POLICY)).isEqualTo(ExitCode.USAGE);
        assertThat(cli.err).contains("--as", "QUITTANCE_AS");
    }

    @Test
    void aPolicyIsShownAsYamlThatCanBeAppliedAgain() {
        cli.run("policy", "apply", POLICY);
        assertThat(cli.run("policy", "show", "default")).isZero();

        cli.input = cli.out;
        assertThat(cli.run("policy", "apply", "-")).isZero();
        assertThat(cli.out).contains("unchanged");
    }

    @Test
    void policiesAreListed() {
        assertThat(cli.run("policy", "show")).isZero();
        assertThat(cli.err).contains("every request will be denied");
        cli.run("policy", "apply", POLICY);

        assertThat(cli.run("policy", "show")).isZero();
        assertThat(cli.out).contains("POLICY", "default", "officer-1");
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertThat(cli.run("policy", "show", "strict")).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(cli.err).contains("'strict'", "'quittance policy show'");
        assertThat(cli.run("systems", "show", "crm")).isEqualTo(ExitCode.NOT_FOUND);
    }

    @Test
    void systemsArePublishedTogetherAndMissingTaskTopicsAreTold() {
        assertThat(cli.run("systems", "apply", SYSTEMS)).isZero();

        assertThat(cli.out).isEqualTo("shop version 1 created\nsearch version 1 created\n");
        assertThat(cli.err).contains("privacy.tasks.shop", "quittance topics apply");
        assertThat(cli.pipeline.values("privacy.systems", SystemEntry.class))
                .extracting(SystemEntry::getSystem)
                .containsExactly("shop", "search");

        assertThat(cli.run("systems", "show")).isZero();
        assertThat(cli.out).contains("search", "shop", "ACCESS, EXPORT, DELETE, ANONYMIZE");
        assertThat(cli.run("systems", "show", "search", "--json")).isZero();
        assertThat(cli.out).contains("\"after\":[\"shop\"]", "\"published_at\":\"2026-03-01T10:00:00Z\"");
    }

    @Test
    void oneMistakeInOneFileKeepsAllBack() {
        cli.input = "system: crm\nactions: [DELETE]\nafter: [nowhere]\n"
                + "datasets: [{name: d, location: l, locator: {identifier: i, column: c}}]\n";

        assertThat(cli.run("systems", "apply", SYSTEMS, "-")).isEqualTo(ExitCode.REFUSED);

        assertThat(cli.err).contains("-:3:9: There is no system 'nowhere'");
        assertThat(cli.pipeline.records).isEmpty();
    }
}
