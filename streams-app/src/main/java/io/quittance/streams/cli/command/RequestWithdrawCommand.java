package io.quittance.streams.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quittance.schema.AuditRecord;
import io.quittance.schema.RequestEvent;
import io.quittance.schema.Withdrawal;
import io.quittance.streams.cli.CliContext;
import io.quittance.streams.cli.CliException;
import io.quittance.streams.cli.Connection;
import io.quittance.streams.cli.ExitCode;
import io.quittance.streams.cli.kafka.ContractLog;
import io.quittance.streams.cli.output.Output;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes a request back. */
@Command(
        name = "withdraw",
        mixinStandardHelpOptions = true,
        description = "Take a request back. Work that has not started will not start.",
        footer = {"", "Example:", "  quittance request withdraw 5c0e... --as s-9f31 --reason changed-mind"})
public final class RequestWithdrawCommand extends PipelineCommand {

    @Parameters(paramLabel = "REQUEST", description = "The request.")
    private String request;

    @Option(names = "--as", paramLabel = "PSEUDONYM", description = "Who withdraws. Or QUITTANCE_AS.")
    private @Nullable String as;

    @Option(
            names = "--subject",
            paramLabel = "ID",
            description = "Pseudonym of the person. Default: looked up in the audit.")
    private @Nullable String subject;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; no personal data.")
    private @Nullable String reason;

    public RequestWithdrawCommand(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        String actor = actor(as);
        Connection connection = connection();
        ContractLog log = log(connection);
        RequestEvent event = RequestEvent.newBuilder()
                .setEventId(UUID.randomUUID().toString())
                .setRequestId(Limits.text("REQUEST", request, Limits.ID))
                .setSubjectId(
                        subject == null
                                ? openSubject(log, connection)
                                : Limits.text("--subject", subject, Limits.PSEUDONYM))
                .setOccurredAt(context.clock().instant())
                .setBody(new Withdrawal(actor, Limits.optional("--reason", reason, Limits.SENTENCE)))
                .build();
        log.append(connection.topics().requests(), event.getSubjectId(), event);
        report(event);
        return ExitCode.OK;
    }

    private String openSubject(ContractLog log, Connection connection) {
        AuditRecord audit = Audits.require(log, connection, request);
        if (audit.getClosed()) {
            throw CliException.refused(
                    "The request is closed: " + audit.getState() + ".",
                    "There is nothing left to withdraw; 'quittance audit show " + request + "' tells its story.");
        }
        return audit.getSubjectId();
    }

    private void report(RequestEvent event) {
        Output output = output();
        if (output.json()) {
            output.json(JsonNodeFactory.instance
                    .objectNode()
                    .put("request_id", event.getRequestId())
                    .put("event_id", event.getEventId())
                    .put("subject_id", event.getSubjectId()));
        } else {
            output.note("Withdrawn. See what came of it with: quittance request show " + request);
        }
    }
}
