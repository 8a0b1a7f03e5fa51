package io.quittance.security.ground;

import io.quittance.schema.Action;
import io.quittance.schema.ApprovalPrompt;
import io.quittance.schema.Approver;
import io.quittance.schema.AuditRecord;
import io.quittance.schema.Channel;
import io.quittance.schema.DecisionEvent;
import io.quittance.schema.Identifiers;
import io.quittance.schema.RequestEvent;
import io.quittance.schema.Requester;
import io.quittance.schema.RequesterType;
import io.quittance.schema.Scope;
import io.quittance.schema.Submission;
import io.quittance.schema.Verdict;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * The ordinary life on the pipeline: someone asks, someone approves, someone looks; each with their own credentials.
 */
public final class Parties {
    private final SecuredPipeline pipeline;
    private final Line publisher;
    private final Line approverService;
    private final Line compliance;

    public Parties(SecuredPipeline pipeline) {
        this.pipeline = pipeline;
        this.publisher = new Line(pipeline, Actor.PUBLISHER);
        this.approverService = new Line(pipeline, Actor.APPROVER_SERVICE);
        this.compliance = new Line(pipeline, Actor.COMPLIANCE);
    }

    /** Asks for an erasure of customer {@code c-N}; the subject is {@code s-N}. */
    public String askToErase(int customer, String purpose) {
        return ask(Action.DELETE, customer, purpose);
    }

    public static String subject(int customer) {
        return "s-" + customer;
    }

    private String ask(Action action, int customer, String purpose) {
        String request = UUID.randomUUID().toString();
        publisher.send(
                SecuredPipeline.TOPICS.requests(), subject(customer), request(request, action, customer, purpose));
        return request;
    }

    private static RequestEvent request(String request, Action action, int customer, String purpose) {
        var requester = new Requester(RequesterType.SUBJECT, subject(customer), List.of(), null, "DE", null);
        var submission = Submission.newBuilder()
                .setAction(action)
                .setRegime("GDPR")
                .setRequester(requester)
                .setPurpose(purpose)
                .setChannel(Channel.DASHBOARD)
                .setScope(new Scope(List.of(), List.of()))
                .setIdentifiers(new Identifiers(Map.of("customer_id", "c-" + customer), null))
                .build();
        return new RequestEvent(UUID.randomUUID().toString(), request, subject(customer), Instant.now(), submission);
    }

    public ApprovalPrompt awaitPrompt(String request) {
        return approverService.await(
                SecuredPipeline.TOPICS.approvals(),
                ApprovalPrompt.class,
                prompt -> prompt.getRequestId().equals(request));
    }

    /** An approval by somebody, not sent yet. */
    public static DecisionEvent approval(ApprovalPrompt prompt, String approver) {
        return DecisionEvent.newBuilder()
                .setDecisionId(UUID.randomUUID().toString())
                .setRequestId(prompt.getRequestId())
                .setSubjectId(prompt.getSubjectId())
                .setOccurredAt(Instant.ofEpochMilli(Instant.now().toEpochMilli()))
                .setVerdict(Verdict.APPROVE)
                .setApprover(Approver.newBuilder()
                        .setId(approver)
                        .setGroups(List.of("privacy-team"))
                        .build())
                .setPlanSha256(prompt.getPlanSha256())
                .build();
    }

    public void decide(DecisionEvent decision) {
        approverService.send(SecuredPipeline.TOPICS.decisions(), decision.getSubjectId(), decision);
    }

    public void approve(ApprovalPrompt prompt, String approver) {
        decide(approval(prompt, approver));
    }

    public AuditRecord awaitAudit(String request, Predicate<AuditRecord> wanted) {
        return compliance.await(
                SecuredPipeline.TOPICS.audit(),
                AuditRecord.class,
                audit -> audit.getRequestId().equals(request) && wanted.test(audit));
    }

    /** Asks for an erasure, approves and waits for the end. */
    public AuditRecord erase(int customer) {
        return carryOut(askToErase(customer, "account-closure"));
    }

    /** Asks for a copy, approves and waits for the end. */
    public AuditRecord access(int customer) {
        return carryOut(ask(Action.ACCESS, customer, "self-service"));
    }

    private AuditRecord carryOut(String request) {
        approve(awaitPrompt(request), "ada");
        return awaitAudit(request, AuditRecord::getClosed);
    }

    /** What is left of a customer in all systems. */
    public long rows(int customer) {
        try (Connection connection = pipeline.database();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT (SELECT count(*) FROM shop.customers WHERE customer_id = 'c-%d') +".formatted(customer)
                                + " (SELECT count(*) FROM crm.contacts WHERE customer_id = 'c-%d')"
                                        .formatted(customer))) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException("the database does not answer", e);
        }
    }
}
