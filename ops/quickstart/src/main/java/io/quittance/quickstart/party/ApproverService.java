package io.quittance.quickstart.party;

import io.quittance.schema.ApprovalPrompt;
import io.quittance.schema.Approver;
import io.quittance.schema.DecisionEvent;
import io.quittance.schema.Narrowing;
import io.quittance.schema.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.jspecify.annotations.Nullable;

/** The approver service's side: reads prompts, writes decisions. */
public final class ApproverService implements AutoCloseable {
    private final Connection connection;
    private final KafkaProducer<String, DecisionEvent> producer;
    private final Latest<ApprovalPrompt> inbox;
    private final Clock clock;

    public ApproverService(Connection connection, Clock clock) {
        this.connection = connection;
        this.producer = connection.producer(DecisionEvent.class);
        this.inbox = new Latest<>(
                connection.consumer(ApprovalPrompt.class), connection.topics().approvals());
        this.clock = clock;
    }

    /** Waits for the prompt about the request. */
    public ApprovalPrompt awaitPrompt(String requestId, Duration patience) {
        return inbox.await(requestId, prompt -> true, patience);
    }

    public void approve(ApprovalPrompt prompt, String approver, String reason) {
        decide(prompt, approver, Verdict.APPROVE, reason, null);
    }

    /** Approves for less time than the rule allows. */
    public void approveFor(ApprovalPrompt prompt, String approver, Duration window, String reason) {
        decide(prompt, approver, Verdict.APPROVE, reason, new Narrowing(List.of(), List.of(), window.toMillis()));
    }

    public void deny(ApprovalPrompt prompt, String approver, String reason) {
        decide(prompt, approver, Verdict.DENY, reason, null);
    }

    /** Signs for emergency access. */
    public void signOff(ApprovalPrompt prompt, String reviewer, String reason) {
        decide(prompt, reviewer, Verdict.SIGN_OFF, reason, null);
    }

    private void decide(
            ApprovalPrompt prompt, String approver, Verdict verdict, String reason, @Nullable Narrowing narrowing) {
        var decision = DecisionEvent.newBuilder()
                .setDecisionId(UUID.randomUUID().toString())
                .setRequestId(prompt.getRequestId())
                .setSubjectId(prompt.getSubjectId())
                .setOccurredAt(clock.instant())
                .setVerdict(verdict)
                .setApprover(Approver.newBuilder()
                        .setId(approver)
                        .setGroups(List.of(prompt.getGroup().split(",")))
                        .build())
                .setPlanSha256(prompt.getPlanSha256())
                .setReason(reason)
                .setNarrowing(narrowing)
                .build();
        Connection.send(producer, connection.topics().decisions(), prompt.getSubjectId(), decision);
    }

    @Override
    public void close() {
        producer.close();
        inbox.close();
    }
}
