package io.quittance.streams.cli.command;

import io.quittance.schema.ApprovalPrompt;
import io.quittance.streams.cli.CliContext;
import io.quittance.streams.cli.Connection;
import io.quittance.streams.cli.ExitCode;
import io.quittance.streams.cli.output.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows one prompt with its plan. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Show a prompt: who asks what, and the plan that an approval would permit.",
        footer = {"", "Example:", "  quittance approvals show 5c0e..."})
public final class ApprovalsShowCommand extends PipelineCommand {

    @Parameters(paramLabel = "REQUEST", description = "The request.")
    private String request;

    public ApprovalsShowCommand(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        Connection connection = connection();
        ApprovalPrompt prompt = Prompts.require(log(connection), connection, request);
        Output output = output();
        if (output.json()) {
            output.json(prompt);
        } else {
            Prompts.print(output, prompt);
        }
        return ExitCode.OK;
    }
}
