package io.quittance.streams.cli.command;

import io.quittance.schema.AuditRecord;
import io.quittance.streams.cli.CliContext;
import io.quittance.streams.cli.Connection;
import io.quittance.streams.cli.ExitCode;
import io.quittance.streams.cli.output.AuditView;
import io.quittance.streams.cli.output.Output;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows one request: how it stands, or its whole story. Reads the audit's partition of that request alone. */
public abstract class AuditShowCommand extends PipelineCommand {

    /** A request for people, at a time. */
    interface View {
        void print(Output output, AuditRecord audit, Instant now);
    }

    private final View view;

    @Parameters(paramLabel = "REQUEST", description = "The request.")
    private String request;

    AuditShowCommand(CliContext context, View view) {
        super(context);
        this.view = view;
    }

    @Override
    public Integer call() {
        Connection connection = connection();
        AuditRecord audit = Audits.require(log(connection), connection, request);
        Output output = output();
        if (output.json()) {
            output.json(audit);
        } else {
            view.print(output, audit, context.clock().instant());
        }
        return ExitCode.OK;
    }

    /** {@code request show} */
    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Show how a request stands, and how far each system is.",
            footer = {"", "Example:", "  quittance request show 5c0e... --json"})
    public static final class Summary extends AuditShowCommand {
        public Summary(CliContext context) {
            super(context, AuditView::summary);
        }
    }

    /** {@code audit show} */
    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Tell a request's whole story: rule, plan, decisions, grants, outcomes, trail.",
            footer = {"", "Example:", "  quittance audit show 5c0e..."})
    public static final class Story extends AuditShowCommand {
        public Story(CliContext context) {
            super(context, AuditView::story);
        }
    }
}
