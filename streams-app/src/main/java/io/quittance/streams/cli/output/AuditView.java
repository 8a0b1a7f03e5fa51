package io.quittance.streams.cli.output;

import io.quittance.schema.ApproverKind;
import io.quittance.schema.AuditRecord;
import io.quittance.schema.DatasetOutcome;
import io.quittance.schema.DecisionMade;
import io.quittance.schema.Grant;
import io.quittance.schema.RuleApplied;
import io.quittance.schema.TaskDone;
import io.quittance.schema.VerificationMade;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A request for people: how it stands, or its whole story. */
public final class AuditView {

    private AuditView() {}

    /** How it stands: who asked what, and how far each system is. */
    public static void summary(Output out, AuditRecord audit, Instant now) {
        out.line("Request     " + audit.getRequestId());
        out.line("Subject     " + audit.getSubjectId());
        out.line("Asked       " + audit.getAction() + " under " + audit.getRegime() + ", by " + audit.getRequesterType()
                + " " + audit.getRequesterId() + ", for " + audit.getPurpose());
        out.line("Submitted   " + audit.getSubmittedAt() + ", received " + audit.getReceivedAt());
        out.line("State       ", Standing.of(audit.getState()), " since " + audit.getUpdatedAt());
        out.line("Because     " + audit.getReason() + " (" + audit.getCode() + ")");
        if (audit.getLegalBasis() != null) {
            out.line("Under       " + audit.getLegalBasis());
        }
        ClockView.print(out, audit.getClock(), now);
        ReviewView.emergency(out, audit);
        if (audit.getDuplicateOf() != null) {
            out.line("Answered by " + audit.getDuplicateOf());
        }
        out.line("");
        tasks(out, audit.getTasks());
    }

    /** Everything the audit says. */
    public static void story(Output out, AuditRecord audit, Instant now) {
        summary(out, audit, now);
        section(out, "Rule", audit.getRule() != null);
        if (audit.getRule() != null) {
            rule(out, audit.getRule());
        }
        section(out, "Plan", audit.getPlan() != null);
        if (audit.getPlan() != null) {
            PlanView.print(out, audit.getPlan(), text(audit.getPlanSha256()));
        }
        section(out, "Verifications", !audit.getVerifications().isEmpty());
        audit.getVerifications().forEach(made -> out.line(verification(made)));
        section(out, "Decisions", !audit.getDecisions().isEmpty());
        audit.getDecisions().forEach(made -> out.line(decision(made)));
        section(out, "Grants", !audit.getGrants().isEmpty());
        audit.getGrants().forEach(grant -> out.line(grant(grant)));
        section(
                out,
                "Outcomes",
                audit.getTasks().stream().anyMatch(task -> !task.getDatasets().isEmpty()));
        outcomes(out, audit.getTasks());
        section(out, "Trail", !audit.getTrail().isEmpty());
        audit.getTrail()
                .forEach(entry -> out.line(entry.getAt() + "  " + entry.getCode() + "  by " + entry.getActor()
                        + (entry.getDetail().isBlank() ? "" : ": " + entry.getDetail())));
        if (audit.getTrailDropped() > 0) {
            out.line("... and " + audit.getTrailDropped() + " more in between that the trail had no room for");
        }
    }

    private static void section(Output out, String title, boolean any) {
        if (any) {
            out.line("");
            out.line(title.toUpperCase(Locale.ROOT));
        }
    }

    private static void tasks(Output out, List<TaskDone> tasks) {
        if (tasks.isEmpty()) {
            return;
        }
        out.table(
                List.of("STAGE", "SYSTEM", "STATUS", "ATTEMPTS", "CODE", "FINISHED"),
                tasks.stream()
                        .map(task -> List.of(
                                String.valueOf(task.getStage()),
                                task.getSystem(),
                                task.getStatus(),
                                String.valueOf(task.getAttempts()),
                                text(task.getCode()),
                                text(task.getFinishedAt())))
                        .toList(),
                "");
    }

    private static void outcomes(Output out, List<TaskDone> tasks) {
        List<List<String>> rows = tasks.stream()
                .flatMap(task -> task.getDatasets().stream().map(outcome -> outcome(task, outcome)))
                .toList();
        if (!rows.isEmpty()) {
            out.table(List.of("SYSTEM", "DATASET", "OUTCOME", "FOUND", "AFFECTED", "LEFT", "REMARK"), rows, "");
        }
    }

    private static List<String> outcome(TaskDone task, DatasetOutcome outcome) {
        String remark = "";
        if (outcome.getLegalGround() != null) {
            remark = outcome.getLegalGround();
        } else if (outcome.getBackupUntil() != null) {
            remark = "copies until " + outcome.getBackupUntil();
        } else if (outcome.getDocument() != null) {
            remark = outcome.getDocument().getUri() + " sha256 "
                    + outcome.getDocument().getSha256();
        }
        return List.of(
                task.getSystem(),
                outcome.getDataset(),
                outcome.getDisposition().name(),
                String.valueOf(outcome.getMatched()),
                String.valueOf(outcome.getAffected()),
                String.valueOf(outcome.getResidual()),
                remark);
    }

    private static void rule(Output out, RuleApplied rule) {
        out.line(rule.getAt() + "  policy " + rule.getPolicy() + " version " + rule.getPolicyVersion() + ", rule "
                + Objects.requireNonNullElse(rule.getRule(), "none matched") + ": " + rule.getOutcome()
                + (rule.getReason().isBlank() ? "" : ", " + rule.getReason()));
        if (!rule.getLookedAt().isEmpty()) {
            out.line("looked at   "
                    + new TreeMap<>(rule.getLookedAt())
                            .entrySet().stream()
                                    .map(value -> value.getKey() + "=" + value.getValue())
                                    .collect(Collectors.joining(", ")));
        }
    }

    static String verification(VerificationMade made) {
        return made.getAt() + "  " + made.getKind() + " " + made.getOutcome() + " level " + made.getLevel() + ", by "
                + made.getMethod() + ", vouched for by " + made.getVerifiedBy()
                + (made.getExpiresAt() == null ? "" : ", counts until " + made.getExpiresAt());
    }

    static String decision(DecisionMade made) {
        return made.getAt() + "  " + made.getVerdict() + " by "
                + (made.getKind() == ApproverKind.MACHINE ? "the machine " : "") + made.getApprover()
                + ReviewView.narrowing(made)
                + (made.getAccepted() ? "" : ", did not count: " + text(made.getRejection()))
                + (made.getReason() == null ? "" : ", \"" + made.getReason() + "\"")
                + ", vouched for by " + made.getVouchedBy()
                + (made.getKeyId() == null ? "" : " with key " + made.getKeyId());
    }

    private static String grant(Grant grant) {
        return grant.getNotBefore() + " to " + grant.getNotAfter() + "  " + grant.getAction() + " in "
                + String.join(", ", grant.getSystems())
                + (grant.getCategories().isEmpty() ? "" : ", only " + String.join(", ", grant.getCategories()))
                + (grant.getApprovedBy().isEmpty()
                        ? ", approved by rule"
                        : ", approved by " + String.join(", ", grant.getApprovedBy()));
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
