package io.quittance.streams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.streams.cli.document.CelChecker;
import org.junit.jupiter.api.Test;

/** The first policy that anybody reads is checked and tested by the commands that come with it. */
class QuickStartPolicyTest {

    private static final String POLICY = "../ops/quickstart/src/main/resources/quickstart/policy.yaml";

    private final CliFixture cli = new CliFixture();

    @Test
    void thereIsNothingToRemarkOnIt() {
        cli.conditions = new CelChecker();

        assertThat(cli.run("policy", "check", "--strict", POLICY)).as(cli.out).isZero();
    }

    @Test
    void itsTestsPassAndReachEveryRule() {
        assertThat(cli.run("policy", "test", "--coverage", "--strict", POLICY))
                .as(cli.out + cli.err)
                .isZero();
    }
}
