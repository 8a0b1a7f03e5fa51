package io.quittance.streams.cli.command;

import io.quittance.schema.ApprovalPrompt;
import io.quittance.schema.Narrowing;
import io.quittance.schema.PlannedSystem;
import io.quittance.schema.PromptKind;
import io.quittance.streams.cli.CliException;
import io.quittance.streams.yaml.Durations;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Refuses at once what the pipeline would not count, so that an approver need not look for it in the audit. */
final class ApprovalChecks {

    private ApprovalChecks() {}

    static void check(
            ApprovalPrompt prompt,
            String approver,
            List<String> groups,
            @Nullable String reason,
            Narrowing narrowing,
            @Nullable String expectedPlan) {
        checkPlan(prompt, expectedPlan);
        checkApprover(prompt, approver, groups);
        if (prompt.getReasonRequired() && reason == null) {
            throw CliException.refused("The rule wants a reason.", "Give --reason; no personal data in it.");
        }
        checkNarrowing(prompt, narrowing);
    }

    private static void checkPlan(ApprovalPrompt prompt, @Nullable String expected) {
        if (expected != null && !expected.equals(prompt.getPlanSha256())) {
            throw CliException.refused(
                    "The plan is not the one you looked at: its SHA-256 is now " + prompt.getPlanSha256() + ".",
                    "Look again with 'quittance approvals show " + prompt.getRequestId() + "'.");
        }
    }

    /** Whether the prompt asks beforehand, and not for a review. */
    static void requireApproval(ApprovalPrompt prompt) {
        if (prompt.getKind() == PromptKind.REVIEW) {
            throw CliException.refused(
                    "The work is done; the request waits for a review of the emergency access.",
                    "Answer it with 'quittance decide sign-off' or 'quittance decide object'.");
        }
    }

    /** Whether the prompt asks this person at all. */
    static void checkPerson(ApprovalPrompt prompt, String approver, List<String> groups) {
        List<String> asked = Prompts.groups(prompt);
        if (Collections.disjoint(groups, asked)) {
            throw CliException.refused(
                    asked.size() == 1
                            ? "The prompt asks the group '" + asked.get(0) + "'."
                            : "The prompt asks the groups " + String.join(", ", asked) + ".",
                    "Give --group " + String.join(" or --group ", asked) + " if you belong to it.");
        }
        if (prompt.getRequesterId().equals(approver) || prompt.getSubjectId().equals(approver)) {
            throw CliException.refused(
                    "Nobody approves a request of their own or about themselves.",
                    "Ask another member of '" + prompt.getGroup() + "'.");
        }
    }

    private static void checkApprover(ApprovalPrompt prompt, String approver, List<String> groups) {
        requireApproval(prompt);
        checkPerson(prompt, approver, groups);
        if (prompt.getApprovedBy().contains(approver)) {
            throw CliException.refused(
                    "You have approved already, and one human counts once.",
                    "Ask another member of '" + prompt.getGroup() + "'.");
        }
    }

    private static void checkNarrowing(ApprovalPrompt prompt, Narrowing narrowing) {
        List<PlannedSystem> planned = prompt.getPlan().getSystems();
        within(
                "--only-system",
                narrowing.getSystems(),
                planned.stream().map(PlannedSystem::getSystem).collect(Collectors.toSet()));
        within(
                "--only-category",
                narrowing.getCategories(),
                planned.stream()
                        .flatMap(system -> system.getCategories().stream())
                        .collect(Collectors.toSet()));
        Long window = narrowing.getWindowMs();
        if (window != null && window > prompt.getPlan().getWindowMs()) {
            throw CliException.refused(
                    "--window may shorten the plan's window of "
                            + Durations.format(
                                    Duration.ofMillis(prompt.getPlan().getWindowMs())) + ", not lengthen it.",
                    "Give a shorter one, or leave it out.");
        }
    }

    private static void within(String option, Collection<String> chosen, Set<String> planned) {
        chosen.stream().filter(name -> !planned.contains(name)).findFirst().ifPresent(name -> {
            throw CliException.refused(
                    option + " '" + name + "' is not in the plan, and an approval can only be for less.",
                    "The plan has: " + planned.stream().sorted().collect(Collectors.joining(", ")) + ".");
        });
    }
}
