package io.quittance.streams.cli.command;

import io.quittance.streams.cli.ExitCode;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints what makes a shell complete this command line. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = "Print the script that makes bash and zsh complete commands and options.",
        footer = {"", "Example:", "  source <(quittance completion)"})
public final class CompletionCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var root = spec.root().commandLine();
        spec.commandLine().getOut().println(AutoComplete.bash(root.getCommandName(), root));
        spec.commandLine().getOut().flush();
        return ExitCode.OK;
    }
}
