package io.quittance.bench.wire;

import io.quittance.contract.ContractSerdes;
import io.quittance.contract.Topics;
import io.quittance.schema.Action;
import io.quittance.schema.Approver;
import io.quittance.schema.Completion;
import io.quittance.schema.CompletionStatus;
import io.quittance.schema.DatasetOutcome;
import io.quittance.schema.DecisionEvent;
import io.quittance.schema.Disposition;
import io.quittance.schema.Identifiers;
import io.quittance.schema.RequestEvent;
import io.quittance.schema.Requester;
import io.quittance.schema.RequesterType;
import io.quittance.schema.Scope;
import io.quittance.schema.Submission;
import io.quittance.schema.Verdict;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.specific.SpecificRecord;

/** What publishers, approvers and executors write. Serialized once each by the contract's serdes, then filled in. */
public final class Outbound {
    private static final String GAP_1 = "gap-one";
    private static final String GAP_2 = "gap-two";
    private static final String GAP_3 = "gap-three";
    private static final String GAP_4 = "gap-four";
    private static final String GAP_5 = "gap-five";
    private static final byte[] NONE = {};
    /** Of a completion: request, subject, system and attempt, a byte each. */
    private static final int EMPTY_FIELDS = 4;

    private final Topics topics;
    private final Map<String, String> serdeConfig;
    private final Instant written;
    private final Map<List<String>, Template> requests = new ConcurrentHashMap<>();
    private final Template decision;
    private final Map<String, Template> completions = new HashMap<>();

    /** @param systems those that tasks will come for */
    public Outbound(Topics topics, String registryUrl, List<String> systems, Instant now) {
        this.topics = topics;
        serdeConfig = Map.of("schema.registry.url", registryUrl);
        written = now.truncatedTo(ChronoUnit.MILLIS);
        decision =
                Template.of(bytes(topics.decisions(), decisionEvent(written), serdeConfig), GAP_1, GAP_2, GAP_3, GAP_4);
        for (String system : systems) {
            byte[] record = bytes(topics.completions(), completion(system, written), serdeConfig);
            completions.put(system, Template.of(record, GAP_1, GAP_2).without(0, EMPTY_FIELDS));
        }
    }

    /**
     * A delete of everything one person has.
     *
     * @param systems where; none means in all
     */
    public byte[] request(int number, List<String> systems) {
        byte[] subject = numbered(RequestNumber.SUBJECT, number);
        return requests.computeIfAbsent(systems, this::requestTemplate)
                .fill(
                        numbered("event-000000000000000-0000-", number),
                        numbered(RequestNumber.REQUEST, number),
                        subject,
                        subject,
                        numbered("customer-", number));
    }

    /** An approval of exactly what was shown. */
    public byte[] approval(int number, Inbound.Prompt prompt) {
        return decision.fill(numbered("decision-000000000000-0000-", number), prompt.ids(), NONE, prompt.planHash());
    }

    /** All of it done. */
    public byte[] done(String system, Inbound.Task task) {
        return Objects.requireNonNull(completions.get(system)).fill(task.head(), task.grantId());
    }

    private static byte[] numbered(String prefix, int number) {
        return Template.string(RequestNumber.name(prefix, number));
    }

    private Template requestTemplate(List<String> systems) {
        byte[] record = bytes(topics.requests(), requestEvent(systems, written), serdeConfig);
        return Template.of(record, GAP_1, GAP_2, GAP_3, GAP_4, GAP_5);
    }

    private static RequestEvent requestEvent(List<String> systems, Instant written) {
        return RequestEvent.newBuilder()
                .setEventId(GAP_1)
                .setRequestId(GAP_2)
                .setSubjectId(GAP_3)
                .setOccurredAt(written)
                .setBody(Submission.newBuilder()
                        .setAction(Action.DELETE)
                        .setRegime("GDPR")
                        .setRequester(Requester.newBuilder()
                                .setType(RequesterType.SUBJECT)
                                .setId(GAP_4)
                                .build())
                        .setPurpose("account-closure")
                        .setScope(Scope.newBuilder().setSystems(systems).build())
                        .setIdentifiers(Identifiers.newBuilder()
                                .setPlain(Map.of("customer_id", GAP_5))
                                .build())
                        .build())
                .build();
    }

    private static DecisionEvent decisionEvent(Instant written) {
        return DecisionEvent.newBuilder()
                .setDecisionId(GAP_1)
                .setRequestId(GAP_2)
                .setSubjectId(GAP_3)
                .setOccurredAt(written)
                .setVerdict(Verdict.APPROVE)
                .setApprover(Approver.newBuilder()
                        .setId("approver-1")
                        .setGroups(List.of(Documents.APPROVERS))
                        .build())
                .setPlanSha256(GAP_4)
                .build();
    }

    /** Its first five fields are taken from the task: the gap begins where they do. */
    private static Completion completion(String system, Instant written) {
        return Completion.newBuilder()
                .setTaskId(GAP_1)
                .setRequestId("")
                .setSubjectId("")
                .setSystem("")
                .setAttempt(0)
                .setGrantId(GAP_2)
                .setStatus(CompletionStatus.DONE)
                .setDatasets(Documents.datasets(system).stream()
                        .map(dataset -> DatasetOutcome.newBuilder()
                                .setDataset(dataset)
                                .setDisposition(Disposition.ERASED)
                                .setMatched(1)
                                .setAffected(1)
                                .build())
                        .toList())
                .setExecutor("bench-executor 1")
                .setStartedAt(written)
                .setFinishedAt(written)
                .build();
    }

    @SuppressWarnings("unchecked")
    private static <T extends SpecificRecord> byte[] bytes(String topic, T value, Map<String, String> serdeConfig) {
        try (var serde = ContractSerdes.of((Class<T>) value.getClass(), serdeConfig)) {
            return serde.serializer().serialize(topic, value);
        }
    }
}
