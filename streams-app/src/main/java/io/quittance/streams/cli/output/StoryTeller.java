package io.quittance.streams.cli.output;

import io.quittance.schema.ApprovalPrompt;
import io.quittance.schema.AuditRecord;
import io.quittance.schema.DecisionMade;
import io.quittance.schema.PolicyDocument;
import io.quittance.schema.Rule;
import io.quittance.schema.RuleApplied;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Tells why a request was decided as it was, for people. */
public final class StoryTeller {

    private final Output out;
    private final AuditRecord audit;
    private final UnaryOperator<String> sentences;

    /** @param sentences what a code means */
    public StoryTeller(Output out, AuditRecord audit, UnaryOperator<String> sentences) {
        this.out = out;
        this.audit = audit;
        this.sentences = sentences;
    }

    /**
     * @param policy the version that judged; null if it can no longer be had
     * @param prompt what is still asked; null if nothing is
     */
    public void tell(@Nullable PolicyDocument policy, @Nullable ApprovalPrompt prompt, Instant now) {
        out.line(audit.getRequesterType() + " " + audit.getRequesterId() + " asked for " + audit.getAction() + " of "
                + audit.getSubjectId() + " under " + audit.getRegime() + ", for " + audit.getPurpose() + ", through "
                + audit.getChannel() + ", at " + audit.getSubmittedAt() + ".");
        ReviewView.emergency(out, audit);
        RuleApplied rule = audit.getRule();
        if (rule == null) {
            out.line("No policy looked at it.");
        } else {
            judged(rule);
            rulesBefore(rule, policy);
            asked(rule, policy, prompt);
        }
        audit.getVerifications().forEach(made -> out.line("  " + AuditView.verification(made)));
        audit.getDecisions().forEach(this::decided);
        out.line("");
        out.line(
                "It is ",
                Standing.of(audit.getState()),
                ": " + audit.getReason() + " (" + audit.getCode() + ")"
                        + (audit.getLegalBasis() == null ? "" : ", under " + audit.getLegalBasis()));
        ClockView.print(out, audit.getClock(), now);
    }

    private void judged(RuleApplied rule) {
        out.line("");
        out.line("Version " + rule.getPolicyVersion() + " of the policy '" + rule.getPolicy() + "' "
                + (rule.getRule() == null
                        ? "has no rule that matches, so it was denied"
                        : "says " + rule.getOutcome() + ", by rule '" + rule.getRule() + "'")
                + ", at " + rule.getAt() + ".");
        if (!rule.getReason().isBlank()) {
            out.line("  \"" + rule.getReason() + "\"");
        }
        Map<String, String> values = new TreeMap<>(rule.getLookedAt());
        values.forEach((path, value) -> out.line("  " + path + " was " + value));
    }

    private void rulesBefore(RuleApplied applied, @Nullable PolicyDocument policy) {
        if (policy == null) {
            out.line("  (that version is no longer in the topic of policies, so its other rules cannot be shown)");
            return;
        }
        List<Rule> before = before(policy, applied.getRule());
        if (!before.isEmpty()) {
            out.line("");
            out.line("These rules come first, and did not hold:");
            before.forEach(rule -> out.line("  '" + rule.getId() + "': "
                    + rule.getWhen().strip().replaceAll("\\s+", " ")
                    + (rule.getReview() == null ? "" : " (for emergencies only)")));
        }
    }

    /** The rules before the one that decided; all, if none did. */
    public static List<Rule> before(PolicyDocument policy, @Nullable String rule) {
        return policy.getRules().stream()
                .takeWhile(candidate -> !candidate.getId().equals(rule))
                .toList();
    }

    private void asked(RuleApplied applied, @Nullable PolicyDocument policy, @Nullable ApprovalPrompt prompt) {
        if (prompt != null) {
            out.line("");
            out.line("Asked of " + prompt.getGroup() + ", " + PromptView.progress(prompt) + ", until "
                    + prompt.getAnswerBy() + ".");
            PromptView.places(out, prompt);
        } else if (policy != null) {
            policy.getRules().stream()
                    .filter(rule -> rule.getId().equals(applied.getRule()) && rule.getAsk() != null)
                    .findFirst()
                    .ifPresent(rule -> {
                        out.line("");
                        out.line("Asked for " + AskView.text(rule.getAsk()) + ".");
                    });
        }
    }

    private void decided(DecisionMade made) {
        out.line("  " + AuditView.decision(made));
        if (!made.getAccepted() && made.getRejection() != null) {
            out.line("      " + sentences.apply(made.getRejection()));
        }
    }
}
