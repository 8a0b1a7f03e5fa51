package io.quittance.streams.cli.command;

import io.quittance.schema.AuditRecord;
import io.quittance.streams.cli.CliContext;
import io.quittance.streams.cli.CliException;
import io.quittance.streams.cli.Connection;
import io.quittance.streams.cli.ExitCode;
import io.quittance.streams.cli.kafka.ContractLog;
import io.quittance.streams.cli.kafka.ContractLog.Entry;
import io.quittance.streams.cli.kafka.ContractLog.Selection;
import io.quittance.streams.cli.output.Output;
import io.quittance.streams.cli.output.Standing;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints audit records as they are written. */
@Command(
        name = "tail",
        mixinStandardHelpOptions = true,
        description = {
            "Print audit records as they are written, until interrupted.",
            "With --max, exit code 4 if --timeout is up before there were so many."
        },
        footer = {
            "",
            "Examples:",
            "  quittance audit tail --json | jq .state",
            "  quittance audit tail --from-beginning"
        })
public final class AuditTailCommand extends PipelineCommand {

    @Option(names = "--from-beginning", description = "Begin with the oldest record there is.")
    private boolean fromBeginning;

    @Option(names = "--max", paramLabel = "N", description = "Stop after so many records.")
    private @Nullable Integer max;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Stop after this long, such as 30s or 2h.")
    private @Nullable Duration timeout;

    private int printed;

    public AuditTailCommand(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        Connection connection = connection();
        Output output = output();
        boolean enough = log(connection)
                .follow(
                        new Selection(connection.topics().audit(), null, fromBeginning),
                        AuditRecord.class,
                        timeout == null ? ContractLog.FOREVER : timeout,
                        entry -> goOn(output, entry));
        if (!enough && max != null) {
            throw CliException.timedOut(
                    "There were " + printed + " records, not " + max + ".", "Give a longer --timeout.");
        }
        return ExitCode.OK;
    }

    private boolean goOn(Output output, Entry<AuditRecord> entry) {
        AuditRecord audit = entry.value();
        if (audit == null) {
            return true;
        }
        printed++;
        if (output.json()) {
            output.json(audit);
        } else {
            output.line(
                    audit.getUpdatedAt() + "  " + audit.getRequestId() + "  " + audit.getAction() + "  ",
                    Standing.of(audit.getState()),
                    "  " + audit.getReason() + " (" + audit.getCode() + ")");
        }
        return max == null || printed < max;
    }
}
