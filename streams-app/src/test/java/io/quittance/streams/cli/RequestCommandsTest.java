package io.quittance.streams.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.quittance.schema.Action;
import io.quittance.schema.Channel;
import io.quittance.schema.DirectiveEvent;
import io.quittance.schema.DirectiveKind;
import io.quittance.schema.RequestEvent;
import io.quittance.schema.RequestState;
import io.quittance.schema.RequesterType;
import io.quittance.schema.Submission;
import io.quittance.schema.Withdrawal;
import io.quittance.streams.cli.kafka.UnacknowledgedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestCommandsTest {

    private final CliFixture cli = new CliFixture();

    @Test
    void aRequestIsPublishedUnderItsSubject() {
        cli.input = "customer_id: 0042\n";

        int exitCode = cli.run(
                "request",
                "submit",
                "--subject",
                "subject-1",
                "--action",
                "delete",
                "--regime",
                "GDPR",
                "--purpose",
                "account-closure",
                "--identifiers-file",
                "-",
                "--only-system",
                "shop",
                "--role",
                "vip",
                "--country",
                "DE");

        assertThat(exitCode).isZero();
        assertThat(cli.pipeline.records).singleElement().satisfies(stored -> {
            assertThat(stored.topic()).isEqualTo("privacy.requests");
            assertThat(stored.key()).isEqualTo("subject-1");
        });
        RequestEvent event = only();
        assertThat(event.getRequestId()).isEqualTo(cli.out.strip());
        assertThat(event.getOccurredAt()).isEqualTo(CliFixture.NOW);
        Submission submission = (Submission) event.getBody();
        assertThat(submission.getAction()).isEqualTo(Action.DELETE);
        assertThat(submission.getIdentifiers().getPlain()).isEqualTo(Map.of("customer_id", "0042"));
        assertThat(submission.getScope().getSystems()).containsExactly("shop");
        assertThat(submission.getRequester().getType()).isEqualTo(RequesterType.SUBJECT);
        assertThat(submission.getRequester().getId()).isEqualTo("subject-1");
        assertThat(submission.getRequester().getRoles()).containsExactly("vip");
        assertThat(submission.getRequester().getCountry()).isEqualTo("DE");
        assertThat(submission.getChannel()).isEqualTo(Channel.INTERNAL_CALL);
    }

    @Test
    void theIdentifiersAreNeitherPrintedNorTakenFromTheCommandLine() {
        cli.input = "email: jane.doe@example.com\n";

        assertThat(submit("--identifiers-file", "-", "--json")).isZero();
        assertThat(cli.out + cli.err).doesNotContain("jane");
        assertThat(cli.out).startsWith("{\"request_id\":\"");
        assertThat(submit("--identifier", "email=jane.doe@example.com")).isEqualTo(ExitCode.USAGE);
        assertThat(cli.run("request", "submit", "--help")).isZero();
        assertThat(cli.out).contains("shell's history");
    }

    @Test
    void aRequestNameOfOnesOwnMakesSubmittingRepeatable() {
        assertThat(submit("--request-id", "r-1")).isZero();
        assertThat(submit("--request-id", "r-1")).isZero();

        assertThat(cli.pipeline.values("privacy.requests", RequestEvent.class))
                .extracting(RequestEvent::getRequestId)
                .containsExactly("r-1", "r-1");
    }

    @Test
    void aRequestWhoseAnswerIsLostIsNamedSoThatItIsNotMadeTwice() {
        cli.pipeline.lostAnswer = new UnacknowledgedException(new TimeoutException("the answer"));

        assertThat(submit("--json")).isEqualTo(ExitCode.FAILURE);

        String request = only().getRequestId();
        assertThat(cli.err)
                .contains("not known", "quittance request show " + request, "--request-id " + request)
                .contains("Kafka did not confirm it");
    }

    @Test
    void aRequestThatKafkaRefusedIsNotSaidToBePerhapsThere() {
        cli.pipeline.lostAnswer = new TopicAuthorizationException("privacy.requests");

        assertThat(submit()).isEqualTo(ExitCode.FAILURE);

        assertThat(cli.err).contains("does not allow").doesNotContain("not known");
    }

    @Test
    void aRequesterWhoIsNotTheSubjectHasAName() {
        assertThat(submit("--requester-type", "STAFF")).isEqualTo(ExitCode.USAGE);
        assertThat(cli.err).contains("--requester-id");
        assertThat(submit("--requester-type", "staff", "--requester-id", "support-12"))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--request-id", "--purpose"})
    void whatThePipelineWouldRefuseAsTooLongIsRefusedHere(String option) {
        assertThat(cli.run(
                        "request",
                        "submit",
                        "--subject",
                        "s",
                        "--action",
                        "DELETE",
                        "--regime",
                        "GDPR",
                        option.equals("--purpose") ? "--request-id" : "--purpose",
                        "x",
                        option,
                        "x".repeat(257)))
                .isEqualTo(ExitCode.REFUSED);
        assertThat(cli.err).contains(option);
        assertThat(cli.pipeline.records).isEmpty();
    }

    @Test
    void aWithdrawalFindsTheSubjectInTheAudit() {
        audit(Samples.audit("r-1", RequestState.QUEUED, false, 1).build());

        assertThat(cli.run("request", "withdraw", "r-1", "--as", "subject-1", "--reason", "changed-mind"))
                .isZero();

        RequestEvent event = only();
        assertThat(event.getSubjectId()).isEqualTo("subject-1");
        assertThat(event.getBody()).isEqualTo(new Withdrawal("subject-1", "changed-mind"));
    }

    @Test
    void aClosedRequestCannotBeWithdrawn() {
        audit(Samples.audit("r-1", RequestState.FULFILLED, true, 1).build());

        assertThat(cli.run("request", "withdraw", "r-1")).isEqualTo(ExitCode.REFUSED);
        assertThat(cli.err).contains("closed: FULFILLED", "quittance audit show r-1");
    }

    @Test
    void aRequestIsShownAsItStands() {
        audit(Samples.audit("r-1", RequestState.QUEUED, false, 1).build());
        audit(Samples.story("r-1"));

        assertThat(cli.run("request", "show", "r-1")).isZero();

        assertThat(cli.out)
                .contains("State       FULFILLED since 2026-03-01T10:00:09Z")
                .contains("DELETE under GDPR, by SUBJECT subject-1, for account-closure")
                .contains("shop", "DONE")
                .doesNotContain("\u001b[");
    }

    @Test
    void aRequestThatNobodyKnowsIsNotFound() {
        assertThat(cli.run("request", "show", "r-9")).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(cli.err).contains("'r-9'", "quittance request watch r-9");
    }

    @Test
    void watchingPrintsEachChangeOfStateAndEndsWhenClosed() {
        audit(Samples.audit("other", RequestState.FULFILLED, true, 1).build());
        audit(Samples.audit("r-1", RequestState.AWAITING_APPROVAL, false, 1).build());
        audit(Samples.audit("r-1", RequestState.AWAITING_APPROVAL, false, 2).build());
        audit(Samples.audit("r-1", RequestState.EXECUTING, false, 3).build());
        audit(Samples.audit("r-1", RequestState.FULFILLED, true, 4).build());
        audit(Samples.audit("r-1", RequestState.FULFILLED, true, 5).build());

        assertThat(cli.run("request", "watch", "r-1")).isZero();

        assertThat(cli.out.lines())
                .containsExactly(
                        "2026-03-01T10:00:01Z  AWAITING_APPROVAL  Reason 1. (CODE_1)",
                        "2026-03-01T10:00:03Z  EXECUTING  Reason 3. (CODE_3)",
                        "2026-03-01T10:00:04Z  FULFILLED  Reason 4. (CODE_4)");
    }

    @Test
    void watchingEndsWhenTimeIsUp() {
        audit(Samples.audit("r-1", RequestState.QUEUED, false, 1).build());

        assertThat(cli.run("request", "watch", "r-1", "--timeout", "1s")).isEqualTo(ExitCode.TIMED_OUT);
        assertThat(cli.err).contains("still QUEUED", "quittance request show r-1");
        assertThat(cli.run("request", "watch", "r-2", "--timeout", "1s")).isEqualTo(ExitCode.TIMED_OUT);
        assertThat(cli.err).contains("has not reported");
        assertThat(cli.run("request", "watch", "r-2", "--timeout", "soon")).isEqualTo(ExitCode.USAGE);
    }

    @ParameterizedTest
    @CsvSource({"extend, EXTEND", "pause, PAUSE_CLOCK", "resume, RESUME_CLOCK", "acknowledge, ACKNOWLEDGE"})
    void anOrderAboutTheClockIsADirective(String command, DirectiveKind kind) {
        audit(Samples.audit("r-1", RequestState.QUEUED, false, 1).build());

        assertThat(cli.run("request", command, "r-1", "--as", "dpo-2", "--reason", "many systems"))
                .isZero();

        assertThat(cli.pipeline.values("privacy.directives", DirectiveEvent.class))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.getKind()).isEqualTo(kind);
                    assertThat(event.getRequestId()).isEqualTo("r-1");
                    assertThat(event.getSubjectId()).isEqualTo("subject-1");
                    assertThat(event.getIssuedBy()).isEqualTo("dpo-2");
                    assertThat(event.getReason()).isEqualTo("many systems");
                });
        assertThat(cli.err).contains(kind + " sent.", "quittance audit show r-1");
    }

    @Test
    void callingARequestOffIsAnOrderToo() {
        audit(Samples.audit("r-1", RequestState.EXECUTING, false, 1).build());

        assertThat(cli.run("request", "cancel", "r-1", "--as", "dpo-2", "--reason", "wrong person"))
                .isZero();

        assertThat(cli.pipeline.values("privacy.directives", DirectiveEvent.class))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.getKind()).isEqualTo(DirectiveKind.CANCEL);
                    assertThat(event.getRequestId()).isEqualTo("r-1");
                    assertThat(event.getSubjectId()).isEqualTo("subject-1");
                    assertThat(event.getIssuedBy()).isEqualTo("dpo-2");
                    assertThat(event.getReason()).isEqualTo("wrong person");
                    assertThat(event.getScope().getSystems()).isEmpty();
                });
        assertThat(cli.err).contains("CANCEL sent.", "quittance audit show r-1");
        assertThat(cli.run("request", "cancel", "r-1", "--as", "dpo-2")).isEqualTo(ExitCode.USAGE);
        assertThat(cli.err).contains("--reason");
    }

    @Test
    void aRequestNotYetInTheAuditIsCalledOffByNamingItsSubject() {
        assertThat(cli.run("request", "cancel", "r-9", "--as", "dpo-2", "--reason", "x"))
                .isEqualTo(ExitCode.NOT_FOUND);
        assertThat(cli.run("request", "cancel", "r-9", "--subject", "s-9", "--as", "dpo-2", "--reason", "x"))
                .isZero();

        assertThat(cli.pipeline.values("privacy.directives", DirectiveEvent.class))
                .extracting(DirectiveEvent::getRequestId, DirectiveEvent::getSubjectId)
                .containsExactly(tuple("r-9", "s-9"));
    }

    @Test
    void anOrderAboutASubjectIsAboutAllTheirOpenRequests() {
        assertThat(cli.run("request", "extend", "--subject", "subject-1", "--as", "dpo-2", "--reason", "illness"))
                .isZero();

        assertThat(cli.pipeline.values("privacy.directives", DirectiveEvent.class))
                .singleElement()
                .satisfies(event -> assertThat(event.getRequestId()).isNull());
    }

    @Test
    void anOrderAboutNothingOrAboutAClosedRequestIsRefused() {
        assertThat(cli.run("request", "extend", "--as", "dpo-2", "--reason", "x"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(cli.err).contains("--subject for all that are open");
        assertThat(cli.run("request", "extend", "r-1", "--as", "dpo-2")).isEqualTo(ExitCode.USAGE);

        audit(Samples.audit("r-1", RequestState.FULFILLED, true, 1).build());
        assertThat(cli.run("request", "extend", "r-1", "--as", "dpo-2", "--reason", "x"))
                .isEqualTo(ExitCode.REFUSED);
        assertThat(cli.err).contains("closed: FULFILLED", "quittance audit show r-1");
    }

    private int submit(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "request",
                "submit",
                "--subject",
                "subject-1",
                "--action",
                "DELETE",
                "--regime",
                "GDPR",
                "--purpose",
                "x"));
        arguments.addAll(List.of(more));
        return cli.run(arguments.toArray(String[]::new));
    }

    private void audit(io.quittance.schema.AuditRecord audit) {
        cli.pipeline.put("privacy.audit", audit.getRequestId(), audit);
    }

    private RequestEvent only() {
        List<RequestEvent> events = cli.pipeline.values("privacy.requests", RequestEvent.class);
        assertThat(events).hasSize(1);
        return events.get(0);
    }
}
