package io.quittance.streams.cli.command;

import io.quittance.schema.AuditRecord;
import io.quittance.schema.DirectiveEvent;
import io.quittance.schema.DirectiveKind;
import io.quittance.schema.Scope;
import io.quittance.streams.cli.CliContext;
import io.quittance.streams.cli.CliException;
import io.quittance.streams.cli.Connection;
import io.quittance.streams.cli.ExitCode;
import io.quittance.streams.cli.kafka.ContractLog;
import io.quittance.streams.cli.output.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What orders about a request share: who orders, about what, and why. */
public abstract class DirectiveCommand extends PipelineCommand {

    private final DirectiveKind kind;

    @Parameters(
            paramLabel = "REQUEST",
            arity = "0..1",
            description = "The request. Without it, every open request of --subject.")
    private @Nullable String request;

    @Option(
            names = "--subject",
            paramLabel = "ID",
            description = "Pseudonym of the person. Default: looked up in the audit.")
    private @Nullable String subject;

    @Option(names = "--as", paramLabel = "PSEUDONYM", description = "Who orders it. Or QUITTANCE_AS.")
    private @Nullable String as;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            required = true,
            description = "Why. It may be copied to the audit: no personal data.")
    private String reason;

    DirectiveCommand(CliContext context, DirectiveKind kind) {
        super(context);
        this.kind = kind;
    }

    @Override
    public Integer call() {
        String actor = actor(as);
        Connection connection = connection();
        ContractLog log = log(connection);
        DirectiveEvent event = DirectiveEvent.newBuilder()
                .setDirectiveId(UUID.randomUUID().toString())
                .setRequestId(Limits.optional("REQUEST", request, Limits.ID))
                .setSubjectId(
                        subject == null
                                ? subjectOf(log, connection)
                                : Limits.text("--subject", subject, Limits.PSEUDONYM))
                .setOccurredAt(context.clock().instant())
                .setKind(kind)
                .setIssuedBy(actor)
                .setReason(Limits.text("--reason", reason, Limits.SENTENCE))
                .setScope(scope())
                .build();
        log.append(connection.topics().directives(), event.getSubjectId(), event);
        report(event);
        return ExitCode.OK;
    }

    /** What part of the request it is about. */
    Scope scope() {
        return new Scope(List.of(), List.of());
    }

    private String subjectOf(ContractLog log, Connection connection) {
        if (request == null) {
            throw CliException.usage(
                    "It is not said what this is about.", "Give the REQUEST, or --subject for all that are open.");
        }
        AuditRecord audit = Audits.require(log, connection, request);
        if (audit.getClosed()) {
            throw CliException.refused(
                    "The request is closed: " + audit.getState() + ".",
                    "No order reaches it any more; 'quittance audit show " + request + "' tells its story.");
        }
        return audit.getSubjectId();
    }

    private void report(DirectiveEvent event) {
        Output output = output();
        if (output.json()) {
            output.json(event);
        } else {
            output.note(kind + " sent. See whether it was carried out with: quittance audit "
                    + (request == null ? "list" : "show " + request));
        }
    }

    /** {@code request extend} */
    @Command(
            name = "extend",
            mixinStandardHelpOptions = true,
            description = "Extend the time to answer, as the law allows. The requester is to be told why.",
            footer = {
                "",
                "Example:",
                "  quittance request extend 5c0e... --as dpo-2 --reason 'many systems, copies on tape'"
            })
    public static final class Extend extends DirectiveCommand {
        public Extend(CliContext context) {
            super(context, DirectiveKind.EXTEND);
        }
    }

    /** {@code request retry} */
    @Command(
            name = "retry",
            mixinStandardHelpOptions = true,
            description = "Order more attempts where all have failed, as long as the grant is open.",
            footer = {
                "",
                "Example:",
                "  quittance request retry 5c0e... --system shop --as ops-1 --reason 'disk replaced'"
            })
    public static final class Retry extends DirectiveCommand {
        @Option(names = "--system", paramLabel = "NAME", description = "Only in this system. Repeatable.")
        private List<String> systems = new ArrayList<>();

        public Retry(CliContext context) {
            super(context, DirectiveKind.RETRY);
        }

        @Override
        Scope scope() {
            return new Scope(Limits.systems("--system", systems), List.of());
        }
    }

    /** {@code request cancel} */
    @Command(
            name = "cancel",
            mixinStandardHelpOptions = true,
            description =
                    "Call a request off, in place of its requester. What has not started will not start; what is out ends.",
            footer = {
                "",
                "Example:",
                "  quittance request cancel 5c0e... --as dpo-2 --reason 'submitted for the wrong person'"
            })
    public static final class Cancel extends DirectiveCommand {
        public Cancel(CliContext context) {
            super(context, DirectiveKind.CANCEL);
        }
    }

    /** {@code request pause} */
    @Command(
            name = "pause",
            mixinStandardHelpOptions = true,
            description = "Pause the time to answer, where the law lets it wait for the requester.",
            footer = {"", "Example:", "  quittance request pause 5c0e... --as dpo-2 --reason 'asked which account'"})
    public static final class Pause extends DirectiveCommand {
        public Pause(CliContext context) {
            super(context, DirectiveKind.PAUSE_CLOCK);
        }
    }

    /** {@code request resume} */
    @Command(
            name = "resume",
            mixinStandardHelpOptions = true,
            description = "Let the time to answer run again.",
            footer = {"", "Example:", "  quittance request resume 5c0e... --as dpo-2 --reason 'the requester answered'"
            })
    public static final class Resume extends DirectiveCommand {
        public Resume(CliContext context) {
            super(context, DirectiveKind.RESUME_CLOCK);
        }
    }

    /** {@code request acknowledge} */
    @Command(
            name = "acknowledge",
            mixinStandardHelpOptions = true,
            description = "Say that the requester was told that the request arrived.",
            footer = {"", "Example:", "  quittance request acknowledge 5c0e... --as support-1 --reason 'sent by mail'"})
    public static final class Acknowledge extends DirectiveCommand {
        public Acknowledge(CliContext context) {
            super(context, DirectiveKind.ACKNOWLEDGE);
        }
    }
}
