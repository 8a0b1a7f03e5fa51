package io.quittance.streams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.schema.ApprovalPrompt;
import io.quittance.schema.DecisionEvent;
import io.quittance.schema.Narrowing;
import io.quittance.schema.RequestState;
import io.quittance.schema.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecideCommandsTest {

    private final CliFixture cli = new CliFixture();

    @BeforeEach
    void aPromptWaits() {
        cli.pipeline.put("privacy.approvals", "r-1", Samples.prompt("r-1"));
    }

    @Test
    void anApprovalIsBoundToThePlanThatIsShown() {
        assertThat(approve("--reason", "identity checked")).isZero();

        assertThat(cli.out).contains("SHA-256     " + Samples.HASH, "orders, customers", "financial: MASK", "30m");
        DecisionEvent decision = only();
        assertThat(decision)
                .returns("r-1", DecisionEvent::getRequestId)
                .returns("subject-1", DecisionEvent::getSubjectId)
                .returns(Verdict.APPROVE, DecisionEvent::getVerdict)
                .returns(Samples.HASH, DecisionEvent::getPlanSha256)
                .returns("identity checked", DecisionEvent::getReason)
                .returns(null, DecisionEvent::getNarrowing)
                .returns(CliFixture.NOW, DecisionEvent::getOccurredAt);
        assertThat(decision.getApprover().getId()).isEqualTo("officer-1");
        assertThat(decision.getApprover().getGroups()).containsExactly("privacy-officers");
        assertThat(cli.pipeline.records.get(1).key()).isEqualTo("subject-1");
    }

    @Test
    void anApprovalMayBeForLess() {
        assertThat(approve("--reason", "x", "--only-system", "shop", "--only-category", "contact", "--window", "10m"))
                .isZero();

        assertThat(only().getNarrowing())
                .isEqualTo(new Narrowing(
                        List.of("shop"),
                        List.of("contact"),
                        Duration.ofMinutes(10).toMillis()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --group privacy-officers                                   | wants a reason
            --group legal --reason x                                   | Give --group privacy-officers
            --reason x                                                 | Give --group privacy-officers
            --group privacy-officers --reason x --only-system crm      | 'crm' is not in the plan
            --group privacy-officers --reason x --only-category health | 'health' is not in the plan
            --group privacy-officers --reason x --window 31m           | plan's window of 30m
            --group privacy-officers --reason x --plan-sha256 00       | not the one you looked at
            --group privacy-officers --reason x --as officer-9         | one human counts once
            --group privacy-officers --reason x --as subject-1         | a request of their own
            """)
    void whatWouldNotCountIsRefusedAtOnce(String options, String expected) {
        List<String> arguments = new ArrayList<>(List.of("decide", "approve", "r-1"));
        arguments.addAll(List.of(options.split(" ")));

        assertThat(cli.run(arguments.toArray(String[]::new))).isEqualTo(ExitCode.REFUSED);

        assertThat(cli.err).contains(expected);
        assertThat(cli.pipeline.records).hasSize(1);
    }

    @Test
    void aDenialNeedsNoMoreThanThePrompt() {
        assertThat(cli.run("decide", "deny", "r-1", "--group", "privacy-officers", "--json"))
                .isZero();

        assertThat(only().getVerdict()).isEqualTo(Verdict.DENY);
        assertThat(only().getPlanSha256()).isEqualTo(Samples.HASH);
        assertThat(cli.out.lines()).singleElement().asString().contains("\"verdict\":\"DENY\"", "\"narrowing\":null");
    }

    @Test
    void aRevocationComesAfterThePromptIsGone() {
        cli.pipeline.put("privacy.approvals", "r-1", null);
        cli.pipeline.put(
                "privacy.audit",
                "r-1",
                Samples.audit("r-1", RequestState.EXECUTING, false, 1)
                        .setPlanSha256(Samples.HASH)
                        .build());

        assertThat(cli.run("decide", "revoke", "r-1", "--reason", "wrong person"))
                .isZero();

        assertThat(only().getVerdict()).isEqualTo(Verdict.REVOKE);
        assertThat(only().getSubjectId()).isEqualTo("subject-1");
        assertThat(only().getPlanSha256()).isEqualTo(Samples.HASH);
    }

    @Test
    void aDecisionThatIsNotWantedIsNotSent() {
        cli.pipeline.put("privacy.approvals", "r-1", null);

        assertThat(approve("--reason", "x")).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(cli.err).contains("No decision is wanted", "quittance approvals list");
        assertThat(cli.run("decide", "revoke", "r-1")).isEqualTo(ExitCode.NOT_FOUND);
        cli.pipeline.put("privacy.audit", "r-1", Samples.story("r-1"));
        assertThat(cli.run("decide", "revoke", "r-1")).isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void theInboxListsWhatWaitsTheMostUrgentFirst() {
        ApprovalPrompt urgent = Samples.prompt("r-2");
        urgent.setAnswerBy(CliFixture.NOW.plusSeconds(60));
        urgent.setGroup("legal");
        cli.pipeline.put("privacy.approvals", "r-2", urgent);
        cli.pipeline.put("privacy.approvals", "r-3", Samples.prompt("r-3"));
        cli.pipeline.put("privacy.approvals", "r-3", null);

        assertThat(cli.run("approvals", "list")).isZero();
        assertThat(cli.out.lines().map(line -> line.strip().split(" ")[0])).containsExactly("REQUEST", "r-2", "r-1");
        assertThat(cli.out).contains("1 of 2", "shop, search");

        assertThat(cli.run("approvals", "list", "--group", "legal", "--json")).isZero();
        assertThat(cli.out.lines()).singleElement().asString().startsWith("{\"request_id\":\"r-2\"");
        assertThat(cli.run("approvals", "show", "r-1")).isZero();
        assertThat(cli.out).contains("a reason is required", Samples.HASH);
    }

    private int approve(String... more) {
        List<String> arguments = new ArrayList<>(List.of("decide", "approve", "r-1", "--group", "privacy-officers"));
        arguments.addAll(List.of(more));
        return cli.run(arguments.toArray(String[]::new));
    }

    private DecisionEvent only() {
        List<DecisionEvent> decisions = cli.pipeline.values("privacy.decisions", DecisionEvent.class);
        assertThat(decisions).hasSize(1);
        return decisions.get(0);
    }
}
