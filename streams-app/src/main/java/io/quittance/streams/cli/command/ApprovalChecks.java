package io.quittance.streams.cli.command;

import io.quittance.schema.ApprovalPrompt;
import io.quittance.schema.Narrowing;
import io.quittance.schema.PlannedSystem;
import io.quittance.streams.cli.CliException;
import io.quittance.streams.yaml.Durations;
import java.time.Duration;
import java.util.Collection;
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

    private static void checkApprover(ApprovalPrompt prompt, String approver, List<String> groups) {
        if (!groups.contains(prompt.getGroup())) {
            throw CliException.refused(
                    "The prompt asks the group '" + prompt.getGroup() + "'.",
                    "Give --group " + prompt.getGroup() + " if you belong to it.");
        }
        if (prompt.getRequesterId().equals(approver) || prompt.getSubjectId().equals(approver)) {
            throw CliException.refused(
                    "Nobody approves a request of their own or about themselves.",
                    "Ask another member of '" + prompt.getGroup() + "'.");
        }
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
