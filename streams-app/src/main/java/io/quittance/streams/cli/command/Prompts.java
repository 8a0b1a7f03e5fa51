package io.quittance.streams.cli.command;

import io.quittance.schema.ApprovalPrompt;
import io.quittance.streams.cli.CliException;
import io.quittance.streams.cli.Connection;
import io.quittance.streams.cli.kafka.ContractLog;
import io.quittance.streams.cli.output.Output;
import io.quittance.streams.cli.output.PromptView;
import java.util.List;

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

    /** The groups that are asked; several stand in one field, separated by commas. */
    static List<String> groups(ApprovalPrompt prompt) {
        return List.of(prompt.getGroup().split(", *"));
    }

    static void print(Output out, ApprovalPrompt prompt) {
        PromptView.print(out, prompt);
    }
}
