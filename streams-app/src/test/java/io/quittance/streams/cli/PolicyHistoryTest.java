package io.quittance.streams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.schema.PolicyDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class PolicyHistoryTest {

    private static final String TOPIC = "privacy.policies";
    private static final Path POLICY = Path.of("src/test/resources/documents/policy.yaml");

    private final CliFixture cli = new CliFixture();

    @BeforeEach
    void publishTwice() throws IOException {
        apply("30m");
        apply("20m");
    }

    @Test
    void eachVersionIsKeptUnderAKeyOfItsOwnBeforeItComesIntoForce() {
        assertThat(cli.pipeline.records)
                .extracting(InMemoryPipeline.Stored::key)
                .containsExactly("default@1", "default", "default@2", "default");
    }

    @Test
    void theHistoryNamesWhatIsInForceAndAnyVersionCanBeShown() {
        assertThat(cli.run("policy", "history", "default")).isZero();
        assertThat(cli.out.lines().skip(1)).hasSize(2).first().asString().matches(" ?2 .*officer-1 +yes.*");

        assertThat(cli.run("policy", "show", "default", "--version", "1")).isZero();
        assertThat(cli.out).contains("window: 30m");
        assertThat(cli.run("policy", "show", "default")).isZero();
        assertThat(cli.out).contains("window: 20m");
        assertThat(cli.run("policy", "show")).isZero();
        assertThat(cli.out.lines()).hasSize(2);
        assertThat(cli.run("policy", "show", "default", "--version", "7")).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(cli.err).contains("no version 7", "quittance policy history default");
    }

    @Test
    void aRemovedPolicyIsRememberedAndItsVersionsCountOn() throws IOException {
        cli.run("policy", "remove", "default", "--yes");

        assertThat(cli.run("policy", "history", "default")).isZero();
        assertThat(cli.out).doesNotContain("yes");

        apply("10m");
        assertThat(cli.out).isEqualTo("default version 3 created\n");
        assertThat(cli.run("policy", "remove", "default@1", "--yes")).isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void aVersionWhosePublishingWasCutOffIsNotGivenAgain() throws IOException {
        PolicyDocument third = PolicyDocument.newBuilder(
                        cli.pipeline.values(TOPIC, PolicyDocument.class).get(3))
                .setVersion(3)
                .build();
        cli.pipeline.put(TOPIC, "default@3", third);

        apply("10m");

        assertThat(cli.out).isEqualTo("default version 4 updated\n");
        assertThat(cli.run("policy", "show", "default", "--version", "3")).isZero();
    }

    @Test
    void aVersionThatNobodyCanReadIsNotGivenAgain() throws IOException {
        cli.pipeline.putUnreadable(TOPIC, "default@7");

        apply("20m");
        assertThat(cli.out).isEqualTo("default version 2 unchanged\n");
        apply("10m");
        assertThat(cli.out).isEqualTo("default version 8 updated\n");
    }

    @Test
    void aPolicyThatCannotBeReadIsPublishedAgain() throws IOException {
        cli.pipeline.putUnreadable(TOPIC, "default");

        assertThat(cli.run("policy", "show", "default")).isZero();
        assertThat(cli.out).contains("window: 20m");
        assertThat(cli.err).contains("published last as 'default' is not in force", "Version 2 is");
        assertThat(cli.run("policy", "show", "default", "--version", "2")).isZero();
        apply("20m");

        assertThat(cli.out).contains("updated");
        assertThat(cli.run("policy", "show", "default")).isZero();
        assertThat(cli.err).doesNotContain("not in force");
    }

    @Test
    void whatWasPublishedBeforeThereWasAHistoryEntersIt() throws IOException {
        PolicyDocument old = cli.pipeline.values(TOPIC, PolicyDocument.class).get(0);
        cli.pipeline.records.clear();
        cli.pipeline.put(TOPIC, "default", old);

        apply("10m");

        assertThat(cli.pipeline.keys(TOPIC)).containsExactly("default", "default@1", "default@2");
    }

    @Test
    void whatChangedIsAUnifiedDiff() {
        assertThat(cli.run("policy", "diff", "default", "1")).isZero();
        assertThat(cli.out)
                .startsWith("--- default version 1\n+++ default version 2\n@@ ")
                .contains("\n-  window: 30m\n+  window: 20m\n");

        assertThat(cli.run("policy", "history", "default", "--diff")).isZero();
        assertThat(cli.out).contains("VERSION", "+  window: 20m");
        assertThat(cli.run("policy", "diff", "default", "2", "2")).isZero();
        assertThat(cli.out).isEmpty();
        assertThat(cli.err).contains("say the same");
        assertThat(cli.run("policy", "diff", "default", "1", "--json")).isZero();
        assertThat(cli.out).startsWith("{\"name\":\"default\",\"from\":1,\"to\":2,\"diff\":[\"--- default version 1\"");
    }

    @Test
    void aDiffHasColoursOnATerminalOnly() {
        cli.ansi = Ansi.ON;
        cli.run("policy", "diff", "default", "1");
        assertThat(cli.out).contains("\u001b[32m+  window: 20m");

        cli.ansi = Ansi.OFF;
        cli.run("policy", "diff", "default", "1");
        assertThat(cli.out).doesNotContain("\u001b");
    }

    @Test
    void ofAPolicyThatNeverWasThereIsNoHistory() {
        assertThat(cli.run("policy", "history", "strict")).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(cli.run("policy", "diff", "strict", "1")).isEqualTo(ExitCode.NOT_FOUND);
    }

    private void apply(String window) throws IOException {
        cli.input = Files.readString(POLICY).replace("30m", window);
        cli.run("policy", "apply", "-");
    }
}
