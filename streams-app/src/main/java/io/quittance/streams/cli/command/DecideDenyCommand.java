package io.quittance.streams.cli.command;

import io.quittance.schema.ApprovalPrompt;
import io.quittance.schema.Verdict;
import io.quittance.streams.cli.CliContext;
import io.quittance.streams.cli.Connection;
import io.quittance.streams.cli.ExitCode;
import io.quittance.streams.cli.kafka.ContractLog;
import picocli.CommandLine.Command;

/** Denies a request that waits for a decision. */
@Command(
        name = "deny",
        mixinStandardHelpOptions = true,
        description = "Deny a request that waits for a decision.",
        footer = {
            "",
            "Example:",
            "  quittance decide deny 5c0e... --as officer-3 --group privacy-officers --reason 'open warranty case'"
        })
public final class DecideDenyCommand extends DecideCommand {

    public DecideDenyCommand(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        approver();
        Connection connection = connection();
        ContractLog log = log(connection);
        ApprovalPrompt prompt = Prompts.require(log, connection, request());
        if (!output().json()) {
            Prompts.print(output(), prompt);
        }
        ApprovalChecks.requireApproval(prompt);
        send(log, connection, decision(Verdict.DENY, prompt.getSubjectId(), prompt.getPlanSha256()));
        return ExitCode.OK;
    }
}
