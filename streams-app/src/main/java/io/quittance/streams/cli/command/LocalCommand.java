package io.quittance.streams.cli.command;

import io.quittance.streams.cli.CliContext;
import io.quittance.streams.cli.CliException;
import io.quittance.streams.cli.output.Output;
import io.quittance.streams.yaml.SourceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What all commands share: where results go, and how files are read. By itself for those that need no pipeline. */
abstract class LocalCommand implements Callable<Integer> {

    final CliContext context;

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Print results as JSON, one object per line.")
    private boolean json;

    LocalCommand(CliContext context) {
        this.context = context;
    }

    Output output() {
        var commandLine = spec.commandLine();
        return new Output(
                commandLine.getOut(),
                commandLine.getErr(),
                commandLine.getColorScheme().ansi(),
                json);
    }

    /** A file's text, or standard input's for {@code -}. */
    SourceFile source(Path file) {
        try {
            return file.toString().equals("-")
                    ? new SourceFile("-", new String(context.in().readAllBytes(), StandardCharsets.UTF_8))
                    : SourceFile.read(file);
        } catch (IOException unreadable) {
            throw CliException.usage(
                    "The file " + file + " cannot be read.",
                    "It must be there, in UTF-8, and readable for this user; '-' is standard input.");
        }
    }
}
