package io.quittance.streams.cli.command;

import io.quittance.streams.cli.CliContext;
import io.quittance.streams.cli.CliException;
import io.quittance.streams.cli.Connection;
import io.quittance.streams.cli.kafka.ContractLog;
import io.quittance.streams.codec.PolicyVersionKey;
import picocli.CommandLine.Command;

/** Takes a policy out of force. */
@Command(
        name = "remove",
        mixinStandardHelpOptions = true,
        description = {
            "Remove a policy. Where the application judges by it, every new request is denied until a policy of that"
                    + " name is published again; a request that was judged before goes on as it was judged.",
            "Its versions stay in 'quittance policy history', and the next one counts on."
        },
        footer = {"", "Example:", "  quittance policy remove default --yes"})
public final class PolicyRemoveCommand extends RemoveCommand {

    public PolicyRemoveCommand(CliContext context) {
        super(context);
    }

    @Override
    String topic(Connection connection) {
        return connection.topics().policies();
    }

    @Override
    void requireRemovable(String name, Connection connection, ContractLog log) {
        if (PolicyVersionKey.is(name)) {
            throw CliException.refused(
                    "'" + name + "' is a version in the history, and history is kept.",
                    "'quittance policy remove NAME' takes a policy out of force.");
        }
        if (!log.keys(topic(connection)).contains(name)) {
            throw CliException.notFound(
                    "There is no policy '" + name + "'.", "'quittance policy show' lists those there are.");
        }
    }

    @Override
    String consequence(String name) {
        return "Without the policy '" + name + "', an application whose policy.name is '" + name
                + "' denies every new request until it is published again. Requests already judged go on.";
    }
}
