package io.quittance.streams.cli.command;

import io.quittance.schema.ApprovalPrompt;
import io.quittance.streams.cli.CliException;
import io.quittance.streams.cli.Connection;
import io.quittance.streams.cli.kafka.ContractLog;
import io.quittance.streams.cli.output.Output;
import io.quittance.streams.cli.output.PlanView;

/** The approvers' inbox. */
final class Prompts {

    private Prompts() {}

    /** @throws CliException if no decision is wanted */
    static ApprovalPrompt require(ContractLog log, Connection connection, String request) {
        return log.lookUp(connection.topics().approvals(), request, ApprovalPrompt.class)
                .orElseThrow(() -> CliException.notFound(
                        "No decision is wanted on a request '" + request + "'.",
                        "'quittance approvals list' lists those that wait; 'quittance request show " + request
                                + "' says how this one stands."));
    }

    static void print(Output out, ApprovalPrompt prompt) {
        out.line("Request     " + prompt.getRequestId());
        out.line("Subject     " + prompt.getSubjectId());
        out.line("Asked       " + prompt.getPlan().getAction() + " under " + prompt.getRegime() + ", by "
                + prompt.getRequesterType() + " " + prompt.getRequesterId() + ", for " + prompt.getPurpose());
        out.line("Approvers   " + prompt.getGroup() + ": "
                + prompt.getApprovedBy().size() + " of " + prompt.getNeeded()
                + (prompt.getApprovedBy().isEmpty() ? "" : ", " + String.join(", ", prompt.getApprovedBy()))
                + (prompt.getReasonRequired() ? "; a reason is required" : ""));
        out.line("Answer by   " + prompt.getAnswerBy());
        PlanView.print(out, prompt.getPlan(), prompt.getPlanSha256());
    }
}
