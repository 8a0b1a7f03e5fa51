package io.quittance.streams.cli.command;

import io.quittance.streams.cli.CliContext;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Starts the application in this process. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = {
            "Run the pipeline until it is stopped.",
            "The file has the application's own keys too; streams-app/CONFIGURATION.md lists them."
        },
        footer = {"", "Example:", "  quittance run --config pipeline.properties"})
public final class RunCommand implements Callable<Integer> {

    private final CliContext context;

    @Mixin
    private ConnectionOptions connection;

    public RunCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return context.app().run(connection.properties(context.environment()));
    }
}
