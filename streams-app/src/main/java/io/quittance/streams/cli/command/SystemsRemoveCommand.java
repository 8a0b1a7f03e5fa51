package io.quittance.streams.cli.command;

import io.quittance.schema.SystemEntry;
import io.quittance.streams.cli.CliContext;
import io.quittance.streams.cli.CliException;
import io.quittance.streams.cli.Connection;
import io.quittance.streams.cli.kafka.ContractLog;
import java.util.List;
import picocli.CommandLine.Command;

/** Takes a system out of the data map. */
@Command(
        name = "remove",
        mixinStandardHelpOptions = true,
        description = {
            "Remove a system from the data map. New requests pass it by, so what it holds stays there; tasks for it that"
                    + " have not gone out wait until it is published again, or their grant ends.",
            "Refused while another system comes after it. Its topic of tasks is left alone."
        },
        footer = {"", "Example:", "  quittance systems remove crm --yes"})
public final class SystemsRemoveCommand extends RemoveCommand {

    public SystemsRemoveCommand(CliContext context) {
        super(context);
    }

    @Override
    String topic(Connection connection) {
        return connection.topics().systems();
    }

    @Override
    void requireRemovable(String name, Connection connection, ContractLog log) {
        if (!log.keys(topic(connection)).contains(name)) {
            throw CliException.notFound(
                    "There is no system '" + name + "' in the data map.",
                    "'quittance systems show' lists those there are.");
        }
        List<String> later = Published.all(log, topic(connection), SystemEntry.class).values().stream()
                .flatMap(system -> system.inForce().stream())
                .filter(entry -> entry.getAfter().contains(name))
                .map(SystemEntry::getSystem)
                .toList();
        if (!later.isEmpty()) {
            throw CliException.refused(
                    "Nothing was removed: '" + name + "' is named under 'after' by " + String.join(", ", later) + ".",
                    "Take it out there first, with 'quittance systems apply'.");
        }
    }

    @Override
    String consequence(String name) {
        return "Without '" + name + "' in the data map new requests pass it by, and what it holds of a person stays"
                + " there. Tasks for it that have not gone out wait until it is published again, or their grant ends.";
    }
}
