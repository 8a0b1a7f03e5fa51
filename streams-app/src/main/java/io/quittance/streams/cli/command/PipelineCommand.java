package io.quittance.streams.cli.command;

import io.quittance.streams.cli.CliContext;
import io.quittance.streams.cli.CliException;
import io.quittance.streams.cli.Connection;
import io.quittance.streams.cli.kafka.ContractLog;
import io.quittance.streams.cli.output.Output;
import io.quittance.streams.yaml.SourceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What all commands share: where the pipeline is, where results go, and who acts. */
abstract class PipelineCommand implements Callable<Integer> {

    final CliContext context;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConnectionOptions connection;

    @Option(names = "--json", description = "Print results as JSON, one object per line.")
    private boolean json;

    PipelineCommand(CliContext context) {
        this.context = context;
    }

    /** Connection to topics, and to the schema registry if it is said where that is. */
    Connection topicsConnection() {
        return connection.withoutRegistry(context.environment());
    }

    /** Connection to topics and the schema registry. */
    Connection connection() {
        return connection.withRegistry(context.environment());
    }

    ContractLog log(Connection to) {
        return context.connector().log(to, output()::note);
    }

    Output output() {
        var commandLine = spec.commandLine();
        return new Output(
                commandLine.getOut(),
                commandLine.getErr(),
                commandLine.getColorScheme().ansi(),
                json);
    }

    /** The acting person: the option, or else QUITTANCE_AS. */
    String actor(@Nullable String option) {
        String actor = option == null ? context.environment().get("QUITTANCE_AS") : option;
        if (actor == null || actor.isBlank()) {
            throw CliException.usage(
                    "It is not said who you are.",
                    "Give --as with your pseudonym, never a name or an e-mail address, or set QUITTANCE_AS.");
        }
        return Limits.atMost("--as", actor, 256);
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
