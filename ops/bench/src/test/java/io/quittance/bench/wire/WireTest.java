package io.quittance.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quittance.contract.ContractSerdes;
import io.quittance.contract.Topics;
import io.quittance.schema.Action;
import io.quittance.schema.ApprovalPrompt;
import io.quittance.schema.Completion;
import io.quittance.schema.DecisionEvent;
import io.quittance.schema.Grant;
import io.quittance.schema.Identifiers;
import io.quittance.schema.Plan;
import io.quittance.schema.PlannedSystem;
import io.quittance.schema.RequestEvent;
import io.quittance.schema.RequestState;
import io.quittance.schema.RequesterType;
import io.quittance.schema.Submission;
import io.quittance.schema.Task;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/** What the driver cuts out of records and puts together is what the contract's serdes would have read and written. */
class WireTest {
    private static final String REGISTRY = "mock://wire";
    private static final Topics TOPICS = Topics.withPrefix("wire.");
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final int NUMBER = 1234567;
    private static final String REQUEST = "request-0001234567";
    private static final String SUBJECT = "subject-0001234567";
    private static final String HASH = "ab".repeat(32);

    private final Outbound outbound = new Outbound(TOPICS, REGISTRY, List.of("mail", "shop"), NOW);
    private final Inbound inbound = new Inbound(REGISTRY);

    @Test
    void aRequestSaysWhoseAndWhereItIs() {
        RequestEvent request = read(TOPICS.requests(), outbound.request(NUMBER, List.of("mail")), RequestEvent.class);

        assertThat(request.getRequestId()).isEqualTo(REQUEST);
        assertThat(request.getSubjectId()).isEqualTo(SUBJECT);
        assertThat(request.getBody()).isInstanceOfSatisfying(Submission.class, submission -> {
            assertThat(submission.getScope().getSystems()).containsExactly("mail");
            assertThat(submission.getRequester().getId()).isEqualTo(SUBJECT);
        });
    }

    @Test
    void anApprovalRepeatsThePromptsHash() {
        byte[] prompt = bytes(TOPICS.approvals(), prompt());

        Inbound.Prompt seen = inbound.prompt(prompt);
        DecisionEvent decision = read(TOPICS.decisions(), outbound.approval(NUMBER, seen), DecisionEvent.class);

        assertThat(decision.getRequestId()).isEqualTo(REQUEST);
        assertThat(decision.getSubjectId()).isEqualTo(SUBJECT);
        assertThat(decision.getPlanSha256()).isEqualTo(HASH);
        assertThat(seen.answerBy()).isEqualTo(NOW.plusSeconds(60).toEpochMilli());
    }

    @Test
    void aCompletionAnswersItsTask() {
        byte[] task = bytes(TOPICS.tasks("shop"), task());

        Inbound.Task seen = inbound.task(task);
        Completion completion = read(TOPICS.completions(), outbound.done("shop", seen), Completion.class);

        assertThat(completion.getTaskId()).isEqualTo(REQUEST + "/shop");
        assertThat(completion.getRequestId()).isEqualTo(REQUEST);
        assertThat(completion.getSubjectId()).isEqualTo(SUBJECT);
        assertThat(completion.getSystem()).isEqualTo("shop");
        assertThat(completion.getAttempt()).isEqualTo(3);
        assertThat(completion.getGrantId()).isEqualTo("grant-of-some-length");
        assertThat(completion.getDatasets()).hasSize(2);
        assertThat(seen.attempt()).isEqualTo(3);
    }

    @Test
    void anAuditRecordTellsWhetherItIsClosed() {
        assertThat(audit(RequestState.FULFILLED, true).closed()).isTrue();
        assertThat(audit(RequestState.EXECUTING, false).closed()).isFalse();
    }

    @Test
    void anAuditRecordTellsHowItEnded() {
        assertThat(audit(RequestState.FULFILLED, true).fulfilled()).isTrue();
        assertThat(audit(RequestState.PARTIALLY_FULFILLED, true).fulfilled()).isFalse();
        assertThat(audit(RequestState.EXPIRED, true).state()).isEqualTo("EXPIRED");
    }

    @Test
    void numbersAreReadFromKeys() {
        assertThat(RequestNumber.subjectKey(NUMBER)).asString().isEqualTo(SUBJECT);
        assertThat(RequestNumber.of(RequestNumber.subjectKey(NUMBER))).isEqualTo(NUMBER);
        assertThat(RequestNumber.of(RequestNumber.subjectKey(0))).isZero();
    }

    @Test
    void aTemplateWithoutItsGapIsRefused() {
        assertThatThrownBy(() -> Template.of(new byte[] {1, 2, 3}, "gap")).isInstanceOf(IllegalArgumentException.class);
    }

    private static ApprovalPrompt prompt() {
        return ApprovalPrompt.newBuilder()
                .setRequestId(REQUEST)
                .setSubjectId(SUBJECT)
                .setRegime("GDPR")
                .setRequesterType(RequesterType.SUBJECT)
                .setRequesterId(SUBJECT)
                .setPurpose("account-closure")
                .setPlan(Plan.newBuilder()
                        .setAction(Action.DELETE)
                        .setSystems(List.of(PlannedSystem.newBuilder()
                                .setSystem("shop")
                                .setMapVersion(1)
                                .setStage(0)
                                .setDatasets(List.of("a", "b"))
                                .setCategories(List.of("contact"))
                                .build()))
                        .setPolicy("default")
                        .setPolicyVersion(1)
                        .setRule("erasure")
                        .setWindowMs(60_000)
                        .build())
                .setPlanSha256(HASH)
                .setGroup("privacy-office")
                .setNeeded(1)
                .setReasonRequired(false)
                .setHashRequired(true)
                .setSubmittedAt(NOW)
                .setAskedAt(NOW)
                .setAnswerBy(NOW.plusSeconds(60))
                .build();
    }

    private static Task task() {
        return Task.newBuilder()
                .setTaskId(REQUEST + "/shop")
                .setRequestId(REQUEST)
                .setSubjectId(SUBJECT)
                .setSystem("shop")
                .setAttempt(3)
                .setAction(Action.DELETE)
                .setRegime("GDPR")
                .setGrant(Grant.newBuilder()
                        .setGrantId("grant-of-some-length")
                        .setRequestId(REQUEST)
                        .setSubjectId(SUBJECT)
                        .setAction(Action.DELETE)
                        .setSystems(List.of("shop"))
                        .setNotBefore(NOW)
                        .setNotAfter(NOW.plusSeconds(60))
                        .setPlanSha256(HASH)
                        .build())
                .setIdentifiers(Identifiers.newBuilder()
                        .setPlain(Map.of("customer_id", "c"))
                        .build())
                .setDatasets(List.of())
                .setIssuedAt(NOW)
                .setDeadline(NOW.plusSeconds(60))
                .build();
    }

    private Inbound.Audit audit(RequestState state, boolean closed) {
        return inbound.audit(AuditBytes.of(TOPICS, REGISTRY, NUMBER, state, closed));
    }

    @SuppressWarnings("unchecked")
    private static <T extends SpecificRecord> byte[] bytes(String topic, T value) {
        try (var serde = ContractSerdes.of((Class<T>) value.getClass(), Map.of("schema.registry.url", REGISTRY))) {
            return serde.serializer().serialize(topic, value);
        }
    }

    private static <T extends SpecificRecord> T read(String topic, byte[] bytes, Class<T> type) {
        try (var serde = ContractSerdes.of(type, Map.of("schema.registry.url", REGISTRY))) {
            return serde.deserializer().deserialize(topic, bytes);
        }
    }
}
