package io.quittance.streams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.schema.DirectiveEvent;
import io.quittance.schema.DirectiveKind;
import io.quittance.schema.Freeze;
import io.quittance.streams.cli.kafka.UnacknowledgedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class FreezeCommandsTest {
    private static final String FREEZES = "privacy.freezes";
    private static final String DIRECTIVES = "privacy.directives";

    private final CliFixture cli = new CliFixture();

    @Test
    void everythingIsStoppedByOneCommandAndLetGoByAnother() {
        assertThat(cli.run("freeze", "apply", "incident-7", "--everything", "--reason", "wrong rows"))
                .isEqualTo(ExitCode.OK);
        assertThat(cli.out).contains("incident-7", "frozen", "until it is lifted");
        assertThat(cli.pipeline.values(FREEZES, Freeze.class)).singleElement().satisfies(freeze -> {
            assertThat(freeze.getEverything()).isTrue();
            assertThat(freeze.getIssuedBy()).isEqualTo("officer-1");
            assertThat(freeze.getUntil()).isNull();
        });

        assertThat(cli.run("freeze", "list")).isEqualTo(ExitCode.OK);
        assertThat(cli.out).contains("incident-7", "everything", "wrong rows");
        assertThat(cli.run("freeze", "lift", "incident-7")).isEqualTo(ExitCode.OK);
        assertThat(cli.run("freeze", "list")).isEqualTo(ExitCode.OK);
        assertThat(cli.out + cli.err).contains("Nothing is frozen.");
    }

    /** It stops everything in the pipeline, whatever it was before; and is lifted by the name that the list shows. */
    @Test
    void aFreezeThatCannotBeReadIsListedAsStoppingEverything() {
        cli.run("freeze", "apply", "incident-7", "--system", "shop", "--reason", "wrong rows");
        cli.pipeline.putUnreadable(FREEZES, "incident-7");

        assertThat(cli.run("freeze", "list")).isEqualTo(ExitCode.OK);
        assertThat(cli.out)
                .contains("incident-7", "everything (cannot be read)")
                .doesNotContain("shop");
        assertThat(cli.run("freeze", "list", "--json")).isEqualTo(ExitCode.OK);
        assertThat(cli.out)
                .isEqualTo("{\"name\":\"incident-7\",\"everything\":true,\"until\":null,"
                        + "\"unusable\":\"The record cannot be read.\"}\n");
        assertThat(cli.run("freeze", "lift", "incident-7")).isEqualTo(ExitCode.OK);
        cli.run("freeze", "list");
        assertThat(cli.err).contains("Nothing is frozen.");
    }

    @Test
    void aFreezeThatThePipelineRefusesIsListedByItsKeyAsStoppingEverything() {
        cli.run("freeze", "apply", "inner", "--system", "shop", "--for", "1h", "--reason", "upgrade");
        Freeze freeze = cli.pipeline.values(FREEZES, Freeze.class).get(0);
        cli.pipeline.records.clear();
        cli.pipeline.put(FREEZES, "outer", freeze);

        cli.run("freeze", "list");

        assertThat(cli.out)
                .contains("outer", "everything (cannot be used)", "lifted", "officer-1", "The record was refused")
                .doesNotContain("inner", "shop");
        cli.run("freeze", "list", "--json");
        assertThat(cli.out).contains("\"name\":\"outer\",\"everything\":true");
        assertThat(cli.run("freeze", "lift", "outer")).isEqualTo(ExitCode.OK);
    }

    /** A name is shown so that it can be typed again, and steers no terminal. */
    @Test
    void aKeyThatIsNoNameIsShownEscaped() {
        cli.pipeline.putUnreadable(FREEZES, "a\u001b[2Jb\u202e");
        cli.pipeline.putUnreadable(FREEZES, "");

        cli.run("freeze", "list");

        assertThat(cli.out).contains("a\\u001b[2Jb\\u202e", "''").doesNotContain("\u001b");
        assertThat(cli.run("freeze", "lift", "a\u001b[2Jb\u202e")).isEqualTo(ExitCode.OK);
    }

    @Test
    void aFreezeNamesWhatItStopsAndHowLong() {
        cli.run("freeze", "apply", "f", "--system", "shop", "--regime", "GDPR", "--for", "2h", "--reason", "upgrade");

        assertThat(cli.pipeline.values(FREEZES, Freeze.class)).singleElement().satisfies(freeze -> {
            assertThat(freeze.getSystems()).containsExactly("shop");
            assertThat(freeze.getRegimes()).containsExactly("GDPR");
            assertThat(freeze.getUntil()).isEqualTo(CliFixture.NOW.plus(Duration.ofHours(2)));
        });
    }

    @Test
    void aFreezeOfNothingOrOfEverythingAndMoreIsAMistake() {
        assertThat(cli.run("freeze", "apply", "f", "--reason", "x")).isEqualTo(ExitCode.USAGE);
        assertThat(cli.err).contains("not said what to stop");
        assertThat(cli.run("freeze", "apply", "f", "--everything", "--system", "shop", "--reason", "x"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(cli.pipeline.values(FREEZES, Freeze.class)).isEmpty();
    }

    @Test
    void aNameThatMatchesNothingIsFrozenAllTheSameAndNoted() {
        cli.run("systems", "apply", "src/test/resources/documents/systems.yaml");
        cli.run("policy", "apply", "src/test/resources/documents/policy.yaml");

        assertThat(freeze("--system", "Shop", "--regime", "gdpr", "--policy", "defualt", "--policy", "default@1"))
                .isEqualTo(ExitCode.OK);

        assertThat(cli.pipeline.values(FREEZES, Freeze.class)).hasSize(1);
        assertThat(cli.out).contains("frozen");
        assertThat(cli.err)
                .contains("There is no system 'Shop' in the data map: it stops nothing now.")
                .contains("There is no regime 'gdpr'", "regimes.file")
                .contains("There is no policy 'defualt' in force", "There is no policy 'default@1' in force");
    }

    @Test
    void namesThatMatchAreNotNoted() {
        cli.run("systems", "apply", "src/test/resources/documents/systems.yaml");
        cli.run("policy", "apply", "src/test/resources/documents/policy.yaml");

        assertThat(freeze("--system", "shop", "--regime", "GDPR", "--policy", "default"))
                .isEqualTo(ExitCode.OK);

        assertThat(cli.err).isEqualTo("What waits goes on after: quittance freeze lift f\n");
    }

    @Test
    void aFreezeStandsThoughItsNamesCannotBeLookedUp() {
        cli.pipeline.unreadable = new TopicAuthorizationException("privacy.systems");

        assertThat(freeze("--system", "shop")).isEqualTo(ExitCode.OK);

        assertThat(cli.pipeline.values(FREEZES, Freeze.class)).hasSize(1);
        assertThat(cli.err).contains("could not be looked up", "quittance systems show");
    }

    @Test
    void whatIsNotFrozenCannotBeLifted() {
        assertThat(cli.run("freeze", "lift", "f")).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(cli.err).contains("There is no freeze 'f'");
    }

    @Test
    void aHoldSaysHowItIsLifted() {
        cli.run("hold", "place", "subject-1", "--system", "shop", "--category", "financial", "--reason", "case 7");
        DirectiveEvent hold =
                cli.pipeline.values(DIRECTIVES, DirectiveEvent.class).get(0);
        assertThat(hold.getKind()).isEqualTo(DirectiveKind.HOLD);
        assertThat(hold.getScope().getSystems()).containsExactly("shop");
        assertThat(hold.getScope().getCategories()).containsExactly("financial");
        assertThat(cli.err).contains("--hold " + hold.getDirectiveId());

        cli.run("hold", "lift", "subject-1", "--hold", hold.getDirectiveId(), "--reason", "closed");
        DirectiveEvent lift =
                cli.pipeline.values(DIRECTIVES, DirectiveEvent.class).get(1);
        assertThat(lift.getKind()).isEqualTo(DirectiveKind.LIFT);
        assertThat(lift.getHoldId()).isEqualTo(hold.getDirectiveId());
        assertThat(lift.getSubjectId()).isEqualTo("subject-1");
    }

    @Test
    void aHoldWhoseAnswerIsLostSaysHowItIsLifted() {
        cli.pipeline.lostAnswer = new UnacknowledgedException(new TimeoutException("the answer"));

        assertThat(cli.run("hold", "place", "subject-1", "--reason", "case 7")).isEqualTo(ExitCode.FAILURE);

        DirectiveEvent hold =
                cli.pipeline.values(DIRECTIVES, DirectiveEvent.class).get(0);
        assertThat(cli.err)
                .contains("not known whether the hold was placed", "Kafka did not confirm it")
                .contains("quittance hold lift subject-1 --hold " + hold.getDirectiveId());
    }

    /** Who is told that it failed may believe that everything goes on. */
    @Test
    void aFreezeWhoseAnswerIsLostIsNotSaidToHaveFailed() {
        cli.pipeline.lostAnswer = new UnacknowledgedException(new TimeoutException("the answer"));

        assertThat(cli.run("freeze", "apply", "incident-7", "--everything", "--reason", "wrong rows"))
                .isEqualTo(ExitCode.FAILURE);

        assertThat(cli.err).contains("not known whether it was written", "Look for it");
    }

    @Test
    void liftingSaysWhichOrAll() {
        assertThat(cli.run("hold", "lift", "subject-1", "--reason", "x")).isEqualTo(ExitCode.USAGE);
        assertThat(cli.run("hold", "lift", "subject-1", "--all", "--hold", "h", "--reason", "x"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(cli.run("hold", "lift", "subject-1", "--all", "--reason", "x"))
                .isEqualTo(ExitCode.OK);
    }

    @Test
    void aRetryNamesItsSystems() {
        cli.run("request", "retry", "r-1", "--subject", "subject-1", "--system", "shop", "--reason", "mended");

        assertThat(cli.pipeline.values(DIRECTIVES, DirectiveEvent.class))
                .singleElement()
                .satisfies(order -> {
                    assertThat(order.getKind()).isEqualTo(DirectiveKind.RETRY);
                    assertThat(order.getRequestId()).isEqualTo("r-1");
                    assertThat(order.getScope().getSystems()).containsExactly("shop");
                });
    }

    private int freeze(String... named) {
        List<String> arguments = new ArrayList<>(List.of("freeze", "apply", "f", "--reason", "x"));
        arguments.addAll(List.of(named));
        return cli.run(arguments.toArray(String[]::new));
    }
}
