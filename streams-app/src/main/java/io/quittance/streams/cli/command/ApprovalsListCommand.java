package io.quittance.streams.cli.command;

import io.quittance.schema.ApprovalPrompt;
import io.quittance.schema.PlannedSystem;
import io.quittance.streams.cli.CliContext;
import io.quittance.streams.cli.Connection;
import io.quittance.streams.cli.ExitCode;
import io.quittance.streams.cli.output.Output;
import io.quittance.streams.cli.output.PromptView;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the prompts that wait, the most urgent first. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "List the prompts that wait for a decision, the most urgent first.",
        footer = {"", "Example:", "  quittance approvals list --group privacy-officers"})
public final class ApprovalsListCommand extends PipelineCommand {

    @Option(names = "--group", paramLabel = "NAME", description = "Only those that ask this group of approvers.")
    private @Nullable String group;

    public ApprovalsListCommand(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        Connection connection = connection();
        List<ApprovalPrompt> prompts = Tables.read(
                        log(connection),
                        connection.topics().approvals(),
                        ApprovalPrompt.class,
                        prompt -> group == null || Prompts.groups(prompt).contains(group))
                .values()
                .stream()
                .sorted(Comparator.comparing(ApprovalPrompt::getAnswerBy))
                .toList();
        report(prompts);
        return ExitCode.OK;
    }

    private void report(List<ApprovalPrompt> prompts) {
        Output output = output();
        if (output.json()) {
            prompts.forEach(output::json);
            return;
        }
        output.table(
                List.of("REQUEST", "ACTION", "REGIME", "GROUP", "APPROVED", "ANSWER BY", "DUE", "SYSTEMS", "PURPOSE"),
                prompts.stream()
                        .map(prompt -> List.of(
                                prompt.getRequestId(),
                                prompt.getPlan().getAction().name(),
                                prompt.getRegime(),
                                prompt.getGroup(),
                                PromptView.progress(prompt),
                                prompt.getAnswerBy().toString(),
                                prompt.getDueAt() == null
                                        ? ""
                                        : prompt.getDueAt().toString(),
                                prompt.getPlan().getSystems().stream()
                                        .map(PlannedSystem::getSystem)
                                        .collect(Collectors.joining(", ")),
                                prompt.getPurpose()))
                        .toList(),
                "Nothing waits for a decision.");
    }
}
