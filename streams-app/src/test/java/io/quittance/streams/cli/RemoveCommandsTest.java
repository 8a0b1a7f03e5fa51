package io.quittance.streams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RemoveCommandsTest {

    private static final String POLICY = "src/test/resources/documents/policy.yaml";
    private static final String SYSTEMS = "src/test/resources/documents/systems.yaml";

    private final CliFixture cli = new CliFixture();

    @BeforeEach
    void publish() {
        cli.run("policy", "apply", POLICY);
        cli.run("systems", "apply", SYSTEMS);
    }

    @Test
    void aPolicyIsRemovedAndWhatFollowsIsSaid() {
        assertThat(cli.run("policy", "remove", "default", "--yes")).isZero();

        assertThat(cli.out).isEqualTo("default removed\n");
        assertThat(cli.err).contains("denies every new request");
        assertThat(cli.pipeline.keys("privacy.policies")).containsExactly("default@1");
        assertThat(cli.run("policy", "remove", "default", "--yes")).isEqualTo(ExitCode.NOT_FOUND);
    }

    @Test
    void aSystemIsRemovedAndWhatFollowsIsSaid() {
        assertThat(cli.run("systems", "remove", "search", "--yes", "--json")).isZero();

        assertThat(cli.out).isEqualTo("{\"name\":\"search\",\"change\":\"removed\"}\n");
        assertThat(cli.err).contains("new requests pass it by", "wait until it is published again");
        assertThat(cli.pipeline.keys("privacy.systems")).containsExactly("shop");
    }

    @Test
    void aSystemThatAnotherComesAfterStays() {
        assertThat(cli.run("systems", "remove", "shop", "--yes")).isEqualTo(ExitCode.REFUSED);

        assertThat(cli.err).contains("'shop' is named under 'after' by search");
        assertThat(cli.pipeline.keys("privacy.systems")).contains("shop");
    }

    @Test
    void withoutATerminalItMustBeConfirmedBeforehand() {
        assertThat(cli.run("policy", "remove", "default")).isEqualTo(ExitCode.REFUSED);
        assertThat(cli.run("systems", "remove", "search")).isEqualTo(ExitCode.REFUSED);

        assertThat(cli.err).contains("Nothing was removed", "--yes");
        assertThat(cli.pipeline.keys("privacy.policies")).containsExactly("default@1", "default");
        assertThat(cli.pipeline.keys("privacy.systems")).contains("search");
    }

    @Test
    void atATerminalItIsConfirmedByItsName() {
        List<String> asked = new ArrayList<>();
        cli.terminal = question -> {
            asked.add(question);
            return Optional.of(asked.size() == 1 ? "y" : "default");
        };

        assertThat(cli.run("policy", "remove", "default")).isEqualTo(ExitCode.REFUSED);
        assertThat(cli.pipeline.keys("privacy.policies")).containsExactly("default@1", "default");
        assertThat(cli.run("policy", "remove", "default")).isZero();
        assertThat(cli.pipeline.keys("privacy.policies")).containsExactly("default@1");
        assertThat(asked).hasSize(2).first().asString().contains("'default'");
    }

    /** Approvals are bound to a version: it must never stand for two contents. */
    @Test
    void aDocumentThatComesBackHasAHigherVersionThanItEverHad() {
        cli.run("policy", "remove", "default", "--yes");

        assertThat(cli.run("policy", "apply", POLICY)).isZero();

        assertThat(cli.out).isEqualTo("default version 2 created\n");
    }
}
