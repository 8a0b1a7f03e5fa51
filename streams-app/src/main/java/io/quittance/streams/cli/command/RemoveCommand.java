package io.quittance.streams.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quittance.streams.cli.CliContext;
import io.quittance.streams.cli.CliException;
import io.quittance.streams.cli.Connection;
import io.quittance.streams.cli.ExitCode;
import io.quittance.streams.cli.kafka.ContractLog;
import io.quittance.streams.cli.output.Output;
import io.quittance.streams.cli.output.Standing;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Removes a published document, once somebody has confirmed it by its name. */
abstract class RemoveCommand extends PipelineCommand {

    @Parameters(paramLabel = "NAME", description = "What to remove.")
    private String name;

    @Option(names = "--yes", description = "Do not ask. Needed where there is no terminal to ask at.")
    private boolean yes;

    RemoveCommand(CliContext context) {
        super(context);
    }

    /** The topic that it is removed from. */
    abstract String topic(Connection connection);

    /** @throws CliException if there is no such document, or something else needs it */
    abstract void requireRemovable(String name, Connection connection, ContractLog log);

    /** What it means for requests, in sentences. */
    abstract String consequence(String name);

    @Override
    public Integer call() {
        Connection connection = connection();
        ContractLog log = log(connection);
        requireRemovable(name, connection, log);
        output().note(consequence(name));
        if (!yes) {
            confirm();
        }
        log.remove(topic(connection), name);
        report();
        return ExitCode.OK;
    }

    private void confirm() {
        String answer = context.terminal()
                .ask("Type '" + name + "' to remove it:")
                .orElseThrow(() -> CliException.refused(
                        "Nothing was removed: there is no terminal to ask at whether it is meant.",
                        "Confirm with --yes."));
        if (!answer.strip().equals(name)) {
            throw CliException.refused(
                    "Nothing was removed: that is not the name.",
                    "Run it again and type '" + name + "', or give --yes.");
        }
    }

    private void report() {
        Output output = output();
        if (output.json()) {
            output.json(JsonNodeFactory.instance.objectNode().put("name", name).put("change", "removed"));
        } else {
            output.line(name + " ", Standing.good("removed"), "");
        }
    }
}
