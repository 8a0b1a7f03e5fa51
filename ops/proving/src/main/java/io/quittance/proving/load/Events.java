package io.quittance.proving.load;

import io.quittance.contract.ContractSerdes;
import io.quittance.contract.Topics;
import io.quittance.schema.Action;
import io.quittance.schema.Approver;
import io.quittance.schema.Channel;
import io.quittance.schema.Completion;
import io.quittance.schema.CompletionStatus;
import io.quittance.schema.DecisionEvent;
import io.quittance.schema.DirectiveEvent;
import io.quittance.schema.DirectiveKind;
import io.quittance.schema.Freeze;
import io.quittance.schema.Identifiers;
import io.quittance.schema.Narrowing;
import io.quittance.schema.RequestEvent;
import io.quittance.schema.Requester;
import io.quittance.schema.RequesterType;
import io.quittance.schema.Scope;
import io.quittance.schema.Submission;
import io.quittance.schema.Verdict;
import io.quittance.schema.VerificationEvent;
import io.quittance.schema.VerificationKind;
import io.quittance.schema.VerificationOutcome;
import io.quittance.schema.Withdrawal;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** The parties' records, as bytes. Thread-safe. */
final class Events {
    static final String PRIVACY_TEAM = "privacy-team";
    static final String LEGAL = "legal";

    final Topics topics = Topics.withPrefix(Estate.PREFIX);
    private final Ids ids;
    private final Clock clock;
    private final Serializer<RequestEvent> requests;
    private final Serializer<DecisionEvent> decisions;
    private final Serializer<VerificationEvent> verifications;
    private final Serializer<DirectiveEvent> directives;
    private final Serializer<Completion> completions;
    private final Serializer<Freeze> freezes;

    Events(String registryUrl, Ids ids, Clock clock) {
        this.ids = ids;
        this.clock = clock;
        this.requests = serializer(RequestEvent.class, registryUrl);
        this.decisions = serializer(DecisionEvent.class, registryUrl);
        this.verifications = serializer(VerificationEvent.class, registryUrl);
        this.directives = serializer(DirectiveEvent.class, registryUrl);
        this.completions = serializer(Completion.class, registryUrl);
        this.freezes = serializer(Freeze.class, registryUrl);
    }

    /** Has every schema's id looked up, so that a registry that is away later does not matter to the parties. */
    void warmUp(Person person) {
        submission("warm-up", person, Action.ACCESS, List.of(), "warm-up", "warm-up");
        withdrawal("warm-up", person.subjectId());
        decision("warm-up", "warm-up", person.subjectId(), Verdict.DENY, "warm-up", List.of(), null, null);
        verification("warm-up", person.subjectId(), false);
        directive("warm-up", person.subjectId(), null, DirectiveKind.CANCEL, null);
        completion("warm-up", person.subjectId(), Estate.CRM);
        freeze("warm-up", Estate.CRM);
    }

    /** @param systems none for all */
    byte[] submission(
            String requestId, Person person, Action action, List<String> systems, String purpose, String requester) {
        var submission = Submission.newBuilder()
                .setAction(action)
                .setRegime("NONE")
                .setRequester(new Requester(RequesterType.STAFF, requester, List.of(), null, null, null))
                .setPurpose(purpose)
                .setChannel(Channel.SCHEDULED_JOB)
                .setScope(new Scope(systems, List.of()))
                .setIdentifiers(
                        new Identifiers(Map.of("customer_id", person.customerId(), "email", person.email()), null))
                .build();
        return request(requestId, person.subjectId(), submission);
    }

    byte[] withdrawal(String requestId, String subjectId) {
        return request(requestId, subjectId, new Withdrawal("requester", "thought again"));
    }

    byte[] decision(
            String decisionId,
            String requestId,
            String subjectId,
            Verdict verdict,
            String approver,
            List<String> groups,
            @Nullable String planSha256,
            @Nullable Narrowing narrowing) {
        return decisions.serialize(
                topics.decisions(),
                DecisionEvent.newBuilder()
                        .setDecisionId(decisionId)
                        .setRequestId(requestId)
                        .setSubjectId(subjectId)
                        .setOccurredAt(clock.instant())
                        .setVerdict(verdict)
                        .setApprover(Approver.newBuilder()
                                .setId(approver)
                                .setGroups(groups)
                                .build())
                        .setPlanSha256(planSha256)
                        .setReason("as asked")
                        .setNarrowing(narrowing)
                        .build());
    }

    byte[] verification(String requestId, String subjectId, boolean proven) {
        return verifications.serialize(
                topics.verifications(),
                VerificationEvent.newBuilder()
                        .setVerificationId(ids.next())
                        .setRequestId(requestId)
                        .setSubjectId(subjectId)
                        .setOccurredAt(clock.instant())
                        .setKind(VerificationKind.IDENTITY)
                        .setOutcome(proven ? VerificationOutcome.PROVEN : VerificationOutcome.REFUSED)
                        .setLevel(proven ? 2 : 0)
                        .setMethod("totp")
                        .setVerifiedBy("identity-service")
                        .build());
    }

    byte[] directive(
            String directiveId,
            String subjectId,
            @Nullable String requestId,
            DirectiveKind kind,
            @Nullable String holdId) {
        return directives.serialize(
                topics.directives(),
                DirectiveEvent.newBuilder()
                        .setDirectiveId(directiveId)
                        .setRequestId(requestId)
                        .setSubjectId(subjectId)
                        .setOccurredAt(clock.instant())
                        .setKind(kind)
                        .setIssuedBy("legal-1")
                        .setReason("as ordered")
                        .setHoldId(holdId)
                        .build());
    }

    /** A report on an attempt that never was. */
    byte[] completion(String requestId, String subjectId, String system) {
        return completions.serialize(
                topics.completions(),
                Completion.newBuilder()
                        .setTaskId(requestId + "/" + system)
                        .setRequestId(requestId)
                        .setSubjectId(subjectId)
                        .setSystem(system)
                        .setAttempt(1)
                        .setGrantId(requestId + "#1")
                        .setStatus(CompletionStatus.DONE)
                        .setExecutor("nobody 0")
                        .setStartedAt(clock.instant())
                        .setFinishedAt(clock.instant())
                        .build());
    }

    byte[] freeze(String name, String system) {
        return freezes.serialize(
                topics.freezes(),
                Freeze.newBuilder()
                        .setName(name)
                        .setSystems(List.of(system))
                        .setReason("to see that it stops")
                        .setIssuedBy("operator-1")
                        .setIssuedAt(clock.instant())
                        .build());
    }

    private byte[] request(String requestId, String subjectId, Object body) {
        return requests.serialize(
                topics.requests(), new RequestEvent(ids.next(), requestId, subjectId, clock.instant(), body));
    }

    private static <T extends SpecificRecord> Serializer<T> serializer(Class<T> type, String registryUrl) {
        return new Locked<>(ContractSerdes.of(type, Map.of("schema.registry.url", registryUrl))
                .serializer());
    }

    /** Confluent's serializers are not meant for several threads. */
    private static final class Locked<T> implements Serializer<T> {
        private final Serializer<T> inner;

        Locked(Serializer<T> inner) {
            this.inner = inner;
        }

        @Override
        public synchronized byte[] serialize(String topic, T value) {
            return inner.serialize(topic, value);
        }
    }
}
