package io.quittance.streams.cli;

import io.quittance.schema.Action;
import io.quittance.schema.ApprovalPrompt;
import io.quittance.schema.AuditRecord;
import io.quittance.schema.Channel;
import io.quittance.schema.ClockRunning;
import io.quittance.schema.DatasetOutcome;
import io.quittance.schema.DecisionMade;
import io.quittance.schema.Disposition;
import io.quittance.schema.ExportedDocument;
import io.quittance.schema.ExtensionMade;
import io.quittance.schema.Grant;
import io.quittance.schema.Minimization;
import io.quittance.schema.Plan;
import io.quittance.schema.PlannedSystem;
import io.quittance.schema.RequestState;
import io.quittance.schema.RequesterType;
import io.quittance.schema.RuleApplied;
import io.quittance.schema.Scope;
import io.quittance.schema.TaskDone;
import io.quittance.schema.TrailEntry;
import io.quittance.schema.Transformation;
import io.quittance.schema.Verdict;
import io.quittance.schema.VerificationKind;
import io.quittance.schema.VerificationMade;
import io.quittance.schema.VerificationOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Records as the pipeline would write them. */
final class Samples {

    static final String HASH = "ab".repeat(32);
    static final Instant NOW = CliFixture.NOW;

    private Samples() {}

    static ApprovalPrompt prompt(String request) {
        return ApprovalPrompt.newBuilder()
                .setRequestId(request)
                .setSubjectId("subject-1")
                .setRegime("GDPR")
                .setRequesterType(RequesterType.SUBJECT)
                .setRequesterId("subject-1")
                .setPurpose("account-closure")
                .setPlan(plan())
                .setPlanSha256(HASH)
                .setGroup("privacy-officers")
                .setNeeded(2)
                .setApprovedBy(List.of("officer-9"))
                .setReasonRequired(true)
                .setHashRequired(true)
                .setSubmittedAt(NOW)
                .setAskedAt(NOW)
                .setAnswerBy(NOW.plus(Duration.ofDays(3)))
                .build();
    }

    static Plan plan() {
        return Plan.newBuilder()
                .setAction(Action.DELETE)
                .setSystems(List.of(
                        new PlannedSystem("shop", 3, 0, List.of("orders", "customers"), List.of("contact", "identity")),
                        new PlannedSystem("search", 1, 1, List.of("profiles"), List.of("contact"))))
                .setMinimizations(List.of(new Minimization("financial", Transformation.MASK)))
                .setPolicy("default")
                .setPolicyVersion(4)
                .setRule("erase")
                .setWindowMs(Duration.ofMinutes(30).toMillis())
                .build();
    }

    static AuditRecord.Builder audit(String request, RequestState state, boolean closed, int revision) {
        return AuditRecord.newBuilder()
                .setRequestId(request)
                .setSubjectId("subject-1")
                .setAction(Action.DELETE)
                .setRegime("GDPR")
                .setRequesterType(RequesterType.SUBJECT)
                .setRequesterId("subject-1")
                .setPurpose("account-closure")
                .setChannel(Channel.DASHBOARD)
                .setScope(new Scope(List.of(), List.of()))
                .setState(state)
                .setClosed(closed)
                .setCode("CODE_" + revision)
                .setReason("Reason " + revision + ".")
                .setSubmittedAt(NOW)
                .setReceivedAt(NOW)
                .setUpdatedAt(NOW.plusSeconds(revision))
                .setRevision(revision);
    }

    static ClockRunning.Builder clock() {
        return ClockRunning.newBuilder()
                .setRegime("GDPR")
                .setArticle("GDPR art. 12(3)")
                .setStartedAt(NOW)
                .setFirstDueAt(NOW.plus(Duration.ofDays(31)))
                .setDueAt(NOW.plus(Duration.ofDays(31)));
    }

    private static DecisionMade.Builder approval(String id, String approver) {
        return DecisionMade.newBuilder()
                .setDecisionId(id)
                .setApprover(approver)
                .setVerdict(Verdict.APPROVE)
                .setAt(NOW);
    }

    /** With something in every part. */
    static AuditRecord story(String request) {
        return audit(request, RequestState.FULFILLED, true, 9)
                .setClosedAt(NOW.plusSeconds(9))
                .setRule(RuleApplied.newBuilder()
                        .setPolicy("default")
                        .setPolicyVersion(4)
                        .setRule("erase")
                        .setOutcome("ask")
                        .setReason("Erasure wants two officers.")
                        .setLookedAt(Map.of("request.action", "DELETE", "requester.type", "SUBJECT"))
                        .setAt(NOW)
                        .build())
                .setVerifications(List.of(VerificationMade.newBuilder()
                        .setKind(VerificationKind.IDENTITY)
                        .setOutcome(VerificationOutcome.PROVEN)
                        .setLevel(2)
                        .setMethod("totp")
                        .setVerifiedBy("identity-service")
                        .setAt(NOW)
                        .build()))
                .setPlan(plan())
                .setPlanSha256(HASH)
                .setDecisions(List.of(
                        approval("d-1", "officer-9")
                                .setAccepted(true)
                                .setReason("checked")
                                .build(),
                        approval("d-2", "officer-8")
                                .setAccepted(false)
                                .setRejection("PLAN_HASH_MISMATCH")
                                .build()))
                .setGrants(List.of(Grant.newBuilder()
                        .setGrantId("g-1")
                        .setRequestId(request)
                        .setSubjectId("subject-1")
                        .setAction(Action.DELETE)
                        .setSystems(List.of("shop", "search"))
                        .setNotBefore(NOW)
                        .setNotAfter(NOW.plusSeconds(1800))
                        .setPlanSha256(HASH)
                        .setApprovedBy(List.of("officer-9"))
                        .build()))
                .setTasks(List.of(TaskDone.newBuilder()
                        .setSystem("shop")
                        .setStage(0)
                        .setAttempts(1)
                        .setStatus("DONE")
                        .setExecutor("jdbc 0.1.0")
                        .setDatasets(List.of(
                                outcome("orders", Disposition.ERASED)
                                        .setMatched(3)
                                        .setAffected(3)
                                        .build(),
                                outcome("invoices", Disposition.RETAINED)
                                        .setLegalGround("AO § 147")
                                        .build(),
                                outcome("customers", Disposition.BACKUP_UNTIL)
                                        .setBackupUntil(NOW.plus(Duration.ofDays(35)))
                                        .build(),
                                outcome("archive", Disposition.EXPORTED)
                                        .setDocument(new ExportedDocument("s3://exports/r/shop.json", HASH, 10L, 1L))
                                        .build()))
                        .setFirstIssuedAt(NOW)
                        .setFinishedAt(NOW.plusSeconds(5))
                        .build()))
                .setTrail(List.of(new TrailEntry(NOW, "SUBMITTED", "subject-1", "by the dashboard")))
                .setTrailDropped(2)
                .setClock(clock().setExtensions(List.of(
                                new ExtensionMade("dpo-1", "Many systems.", NOW, NOW.plus(Duration.ofDays(91)))))
                        .setDueAt(NOW.plus(Duration.ofDays(91)))
                        .setStoppedAt(NOW.plusSeconds(9))
                        .build())
                .build();
    }

    private static DatasetOutcome.Builder outcome(String dataset, Disposition disposition) {
        return DatasetOutcome.newBuilder().setDataset(dataset).setDisposition(disposition);
    }
}
