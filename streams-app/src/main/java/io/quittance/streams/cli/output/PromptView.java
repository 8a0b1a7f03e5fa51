package io.quittance.streams.cli.output;

import io.quittance.schema.AlternativeAsked;
import io.quittance.schema.ApprovalPrompt;
import io.quittance.schema.PromptKind;
import io.quittance.schema.RequirementAsked;
import java.util.List;
import java.util.stream.Collectors;

/** A prompt as those see it who are asked. */
public final class PromptView {

    private PromptView() {}

    public static void print(Output out, ApprovalPrompt prompt) {
        out.line("Request     " + prompt.getRequestId());
        out.line("Subject     " + prompt.getSubjectId());
        out.line("Asked       " + prompt.getPlan().getAction() + " under " + prompt.getRegime() + ", by "
                + prompt.getRequesterType() + " " + prompt.getRequesterId() + ", for " + prompt.getPurpose());
        if (prompt.getBreakGlassReason() != null) {
            out.line("Emergency   ", Standing.bad("claimed"), ": " + prompt.getBreakGlassReason());
        }
        if (prompt.getKind() == PromptKind.REVIEW) {
            out.line("Wanted      a review by one of " + prompt.getGroup()
                    + ": was the emergency access justified? A reason is required");
        } else {
            approvers(out, prompt);
        }
        out.line("Answer by   " + prompt.getAnswerBy());
        if (prompt.getDueAt() != null) {
            out.line("Due         " + prompt.getDueAt() + ", by law");
        }
        PlanView.print(out, prompt.getPlan(), prompt.getPlanSha256());
        if (prompt.getNarrowed() != null) {
            out.line("");
            out.line("The approvals given so far leave of it:");
            PlanView.print(out, prompt.getNarrowed(), prompt.getPlanSha256());
        }
    }

    /** How far the way is that is nearest to enough, such as {@code 1 of 2}. */
    public static String progress(ApprovalPrompt prompt) {
        if (prompt.getKind() == PromptKind.REVIEW) {
            return "review";
        }
        return prompt.getAlternatives().stream()
                .map(way -> new int[] {filled(way), needed(way)})
                .min((one, other) -> Integer.compare(one[1] - one[0], other[1] - other[0]))
                .map(nearest -> nearest[0] + " of " + nearest[1])
                .orElseGet(() -> prompt.getApprovedBy().size() + " of " + prompt.getNeeded());
    }

    private static void approvers(Output out, ApprovalPrompt prompt) {
        out.line("Approvers   " + prompt.getGroup() + ": " + progress(prompt)
                + (prompt.getApprovedBy().isEmpty() ? "" : ", " + String.join(", ", prompt.getApprovedBy()))
                + (prompt.getReasonRequired() ? "; a reason is required" : "")
                + (prompt.getSignatureRequired() ? "; a signature is required" : "")
                + (prompt.getEscalated() ? "; escalated" : ""));
        places(out, prompt);
        if (prompt.getDenyThreshold() > 1 || !prompt.getDeniedBy().isEmpty()) {
            out.line("Denials     " + prompt.getDeniedBy().size() + " of " + prompt.getDenyThreshold()
                    + " that end it"
                    + (prompt.getDeniedBy().isEmpty() ? "" : ", " + String.join(", ", prompt.getDeniedBy())));
        }
    }

    /** Who fills which place. */
    static void places(Output out, ApprovalPrompt prompt) {
        List<AlternativeAsked> ways = prompt.getAlternatives();
        for (int at = 0; at < ways.size(); at++) {
            String lead = ways.size() == 1 ? "Places      " : at == 0 ? "Either      " : "or          ";
            out.line(lead
                    + ways.get(at).getAllOf().stream().map(PromptView::place).collect(Collectors.joining(", and ")));
        }
    }

    private static String place(RequirementAsked asked) {
        return asked.getNeeded() + " of " + asked.getGroup()
                + (asked.getMachine() ? " (a machine)" : "")
                + (asked.getWhen() == null ? "" : " where " + asked.getWhen())
                + (asked.getFilledBy().isEmpty() ? "" : " [" + String.join(", ", asked.getFilledBy()) + "]");
    }

    private static int filled(AlternativeAsked way) {
        return way.getAllOf().stream()
                .mapToInt(asked -> asked.getFilledBy().size())
                .sum();
    }

    private static int needed(AlternativeAsked way) {
        return way.getAllOf().stream().mapToInt(RequirementAsked::getNeeded).sum();
    }
}
