package io.quittance.streams.cli.command;

import io.quittance.schema.AuditRecord;
import io.quittance.schema.Verdict;
import io.quittance.streams.cli.CliContext;
import io.quittance.streams.cli.CliException;
import io.quittance.streams.cli.Connection;
import io.quittance.streams.cli.ExitCode;
import io.quittance.streams.cli.kafka.ContractLog;
import picocli.CommandLine.Command;

/** Takes back an approval. The prompt may be gone by then, so subject and plan come from the audit. */
@Command(
        name = "revoke",
        mixinStandardHelpOptions = true,
        description = {
            "Take back an approval given earlier, and with it the grant.",
            "Work that has not started will not start; what is done stays done."
        },
        footer = {
            "",
            "Example:",
            "  quittance decide revoke 5c0e... --as officer-3 --group privacy-officers --reason 'wrong person'"
        })
public final class DecideRevokeCommand extends DecideCommand {

    public DecideRevokeCommand(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        approver();
        Connection connection = connection();
        ContractLog log = log(connection);
        AuditRecord audit = Audits.require(log, connection, request());
        if (audit.getClosed()) {
            throw CliException.refused(
                    "The request is closed: " + audit.getState() + ".",
                    "There is nothing left to revoke; 'quittance audit show " + request() + "' tells its story.");
        }
        send(log, connection, decision(Verdict.REVOKE, audit.getSubjectId(), audit.getPlanSha256()));
        return ExitCode.OK;
    }
}
