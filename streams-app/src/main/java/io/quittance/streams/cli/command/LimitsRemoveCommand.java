package io.quittance.streams.cli.command;

import io.quittance.streams.cli.CliContext;
import io.quittance.streams.cli.CliException;
import io.quittance.streams.cli.Connection;
import io.quittance.streams.cli.kafka.ContractLog;
import picocli.CommandLine.Command;

/** Lifts a limit. */
@Command(
        name = "remove",
        mixinStandardHelpOptions = true,
        description = "Remove a limit. What waits for it alone goes out within a second.",
        footer = {"", "Example:", "  quittance limits remove shop-deletes --yes"})
public final class LimitsRemoveCommand extends RemoveCommand {

    public LimitsRemoveCommand(CliContext context) {
        super(context);
    }

    @Override
    String topic(Connection connection) {
        return connection.topics().limits();
    }

    @Override
    void requireRemovable(String name, Connection connection, ContractLog log) {
        if (!log.keys(topic(connection)).contains(name)) {
            throw CliException.notFound(
                    "There is no limit '" + name + "'.", "'quittance limits show' lists those there are.");
        }
    }

    @Override
    String consequence(String name) {
        return "Without the limit '" + name + "', whatever waits for it alone goes out within a second, all of it.";
    }
}
