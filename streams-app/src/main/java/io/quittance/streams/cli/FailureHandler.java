package io.quittance.streams.cli;

import io.quittance.contract.SpecificAvroSerde.RegistryUnavailableException;
import io.quittance.streams.cli.kafka.UnacknowledgedException;
import io.quittance.streams.cli.output.Output;
import io.quittance.streams.yaml.InvalidDocumentException;
import java.io.PrintWriter;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into a sentence that says what, one that says what to do, and an exit code. */
final class FailureHandler implements IExecutionExceptionHandler, IParameterExceptionHandler {

    @Override
    public int handleExecutionException(Exception failure, CommandLine commandLine, ParseResult parsed)
            throws Exception {
        if (failure instanceof InvalidDocumentException invalid) {
            invalid.problems().forEach(problem -> print(commandLine, problem.toString()));
            print(commandLine, "Nothing was changed. Mend the file and run it again.");
            return ExitCode.REFUSED;
        }
        CliException told = failure instanceof CliException already ? already : explain(failure);
        if (told == null) {
            throw failure;
        }
        told.sentences().forEach(sentence -> print(commandLine, sentence));
        return told.exitCode();
    }

    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        CommandLine commandLine = failure.getCommandLine();
        PrintWriter err = commandLine.getErr();
        String.valueOf(failure.getMessage()).lines().forEach(line -> print(commandLine, line));
        UnmatchedArgumentException.printSuggestions(failure, err);
        print(commandLine, "'" + commandLine.getCommandSpec().qualifiedName() + " --help' shows what it takes.");
        return ExitCode.USAGE;
    }

    /** Nothing for what nobody foresaw: that is a defect, and its stack trace is wanted. */
    private static @Nullable CliException explain(Throwable failure) {
        if (failure instanceof RegistryUnavailableException) {
            return CliException.failed(
                    "The schema registry does not answer.",
                    "Check --schema-registry-url, and in the --config file its user and password.");
        }
        if (failure instanceof UnacknowledgedException) {
            return CliException.failed(
                    "Kafka did not confirm it: it is not known whether it was written.",
                    "Look for it before you run this again, and check --bootstrap-server.");
        }
        if (failure instanceof AuthenticationException) {
            return CliException.failed(
                    "Kafka does not accept who this client says it is.", "Check the security settings in --config.");
        }
        if (failure instanceof AuthorizationException) {
            return CliException.failed(
                    "Kafka does not allow this: " + failure.getMessage(),
                    "Ask for an ACL on the topic, or act with another --config.");
        }
        if (failure instanceof ConfigException) {
            return CliException.usage(
                    "A client property is not valid: " + failure.getMessage(), "Mend it in the --config file.");
        }
        if (failure instanceof SerializationException) {
            return CliException.failed(
                    "The record could not be written in the registry's format.",
                    "Check that the schema registry runs and takes the contract's schemas (compatibility BACKWARD).");
        }
        if (failure instanceof TimeoutException) {
            return CliException.failed(
                    "Kafka does not answer.", "Check --bootstrap-server, and the security settings in --config.");
        }
        return failure instanceof KafkaException ? deeper(failure) : null;
    }

    /** Kafka wraps: what matters may be further down. */
    private static CliException deeper(Throwable failure) {
        CliException cause = failure.getCause() == null ? null : explain(failure.getCause());
        return cause != null
                ? cause
                : CliException.failed(
                        "Kafka refused: " + failure.getMessage(), "The broker's log may say more about it.");
    }

    /** One line: what a file or a broker says must not pass for more of them. */
    private static void print(CommandLine commandLine, String line) {
        commandLine.getErr().println(commandLine.getColorScheme().errorText(Output.safe(line)));
        commandLine.getErr().flush();
    }
}
