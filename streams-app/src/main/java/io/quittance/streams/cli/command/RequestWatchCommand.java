package io.quittance.streams.cli.command;

import io.quittance.schema.AuditRecord;
import io.quittance.schema.RequestState;
import io.quittance.streams.cli.CliContext;
import io.quittance.streams.cli.CliException;
import io.quittance.streams.cli.Connection;
import io.quittance.streams.cli.ExitCode;
import io.quittance.streams.cli.kafka.ContractLog.Entry;
import io.quittance.streams.cli.kafka.ContractLog.Selection;
import io.quittance.streams.cli.output.Output;
import io.quittance.streams.cli.output.Standing;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Follows one request until it is closed. */
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        description = {
            "Follow a request until it is closed, printing each change of its state.",
            "It need not have been seen by the pipeline yet. Exit code 4 if time is up first."
        },
        footer = {"", "Example:", "  quittance request watch 5c0e... --timeout 2m"})
public final class RequestWatchCommand extends PipelineCommand {

    @Parameters(paramLabel = "REQUEST", description = "The request.")
    private String request;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "10m",
            converter = DurationConverter.class,
            description = "How long to wait, such as 30s or 2h. Default: ${DEFAULT-VALUE}.")
    private Duration timeout;

    private @Nullable RequestState lastState;

    public RequestWatchCommand(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        Connection connection = connection();
        Output output = output();
        boolean closed = log(connection)
                .follow(
                        new Selection(connection.topics().audit(), request, true),
                        AuditRecord.class,
                        timeout,
                        entry -> goOn(output, entry));
        if (!closed) {
            throw CliException.timedOut(
                    lastState == null
                            ? "The pipeline has not reported on the request."
                            : "The request is still " + lastState + ".",
                    lastState == null
                            ? "Check the id, and that the pipeline runs; unreadable requests are on the dead-letter topic."
                            : "See what it waits for with 'quittance request show " + request + "'.");
        }
        return ExitCode.OK;
    }

    private boolean goOn(Output output, Entry<AuditRecord> entry) {
        AuditRecord audit = entry.value();
        if (audit == null) {
            return true;
        }
        if (audit.getState() != lastState || audit.getClosed()) {
            lastState = audit.getState();
            report(output, audit);
        }
        return !audit.getClosed();
    }

    private static void report(Output output, AuditRecord audit) {
        if (output.json()) {
            output.json(audit);
        } else {
            output.line(
                    audit.getUpdatedAt() + "  ",
                    Standing.of(audit.getState()),
                    "  " + audit.getReason() + " (" + audit.getCode() + ")");
        }
    }
}
