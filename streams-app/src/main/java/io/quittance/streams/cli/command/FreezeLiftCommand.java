package io.quittance.streams.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quittance.streams.cli.CliContext;
import io.quittance.streams.cli.CliException;
import io.quittance.streams.cli.Connection;
import io.quittance.streams.cli.ExitCode;
import io.quittance.streams.cli.kafka.ContractLog;
import io.quittance.streams.cli.output.Output;
import io.quittance.streams.cli.output.Standing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code freeze lift} */
@Command(
        name = "lift",
        mixinStandardHelpOptions = true,
        description = "Lift a freeze. What waited goes on, the earliest deadline of the law first.",
        footer = {"", "Example:", "  quittance freeze lift incident-7"})
public final class FreezeLiftCommand extends PipelineCommand {

    @Parameters(paramLabel = "NAME", description = "The freeze.")
    private String name;

    public FreezeLiftCommand(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        Connection connection = connection();
        ContractLog log = log(connection);
        String topic = connection.topics().freezes();
        // By its key alone: one that cannot be read stops everything, and must be liftable.
        if (!log.keys(topic).contains(name)) {
            throw CliException.notFound(
                    "There is no freeze '" + name + "'.", "'quittance freeze list' lists those there are.");
        }
        log.remove(topic, name);
        Output output = output();
        if (output.json()) {
            output.json(JsonNodeFactory.instance.objectNode().put("name", name).put("change", "lifted"));
        } else {
            output.line(name + " ", Standing.good("lifted"), "");
        }
        return ExitCode.OK;
    }
}
