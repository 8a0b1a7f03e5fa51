package io.quittance.streams.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quittance.schema.Action;
import io.quittance.schema.BreakGlass;
import io.quittance.schema.Channel;
import io.quittance.schema.Identifiers;
import io.quittance.schema.RequestEvent;
import io.quittance.schema.Requester;
import io.quittance.schema.RequesterType;
import io.quittance.schema.Scope;
import io.quittance.schema.Submission;
import io.quittance.streams.cli.CliContext;
import io.quittance.streams.cli.CliException;
import io.quittance.streams.cli.Connection;
import io.quittance.streams.cli.ExitCode;
import io.quittance.streams.cli.document.IdentifiersReader;
import io.quittance.streams.cli.output.Output;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Publishes a request, as a dashboard would. */
@Command(
        name = "submit",
        mixinStandardHelpOptions = true,
        description = {
            "Submit a request about one person.",
            "Identifiers come from a file or from standard input, never from the command line: that would leave"
                    + " personal data in the shell's history and in the list of processes."
        },
        footer = {
            "",
            "Examples:",
            "  echo 'customer_id: 42' | quittance request submit --subject s-9f31 --action DELETE \\",
            "      --regime GDPR --purpose account-closure --identifiers-file -",
            "  quittance request submit --subject s-9f31 --action EXPORT --regime CCPA --purpose copy \\",
            "      --requester-type STAFF --requester-id support-12 --role support --identifiers-file ids.yaml"
        })
public final class RequestSubmitCommand extends PipelineCommand {

    @Option(names = "--subject", required = true, paramLabel = "ID", description = "Pseudonym of the person.")
    private String subject;

    @Option(
            names = "--action",
            required = true,
            paramLabel = "ACTION",
            converter = Known.Actions.class,
            completionCandidates = Known.Actions.class,
            description = "What is asked for: ${COMPLETION-CANDIDATES}.")
    private Action action;

    @Option(
            names = "--regime",
            required = true,
            paramLabel = "LAW",
            description = "Law it is asked under: GDPR, UK_GDPR, CCPA, LGPD, or NONE for internal requests.")
    private String regime;

    @Option(
            names = "--purpose",
            required = true,
            paramLabel = "CODE",
            description = "Why, as a short code of yours. It is copied to prompts and audit: no personal data.")
    private String purpose;

    @Option(
            names = "--identifiers-file",
            paramLabel = "FILE",
            description = "What finds the person: 'type: value' lines (YAML, or JSON). '-' is standard input.")
    private @Nullable Path identifiersFile;

    @Option(
            names = "--requester-type",
            paramLabel = "TYPE",
            defaultValue = "SUBJECT",
            converter = Known.RequesterTypes.class,
            completionCandidates = Known.RequesterTypes.class,
            description = "Who asks: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private RequesterType requesterType;

    @Option(
            names = "--requester-id",
            paramLabel = "ID",
            description = "Pseudonym of who asks. Default, for a SUBJECT: the subject.")
    private @Nullable String requesterId;

    @Option(names = "--role", paramLabel = "ROLE", description = "Role of the requester. Repeatable.")
    private List<String> roles = new ArrayList<>();

    @Option(names = "--ip", paramLabel = "ADDRESS", description = "Address the request came from.")
    private @Nullable String ip;

    @Option(names = "--country", paramLabel = "CC", description = "Country it came from, ISO 3166-1 alpha-2.")
    private @Nullable String country;

    @Option(names = "--device", paramLabel = "LABEL", description = "Your label of the device.")
    private @Nullable String device;

    @Option(
            names = "--channel",
            paramLabel = "DOOR",
            defaultValue = "INTERNAL_CALL",
            converter = Known.Channels.class,
            completionCandidates = Known.Channels.class,
            description = "Door it came through: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Channel channel;

    @Option(
            names = "--break-glass",
            paramLabel = "REASON",
            description = "Claim emergency access, and why. Where a rule allows it nobody is asked beforehand, and"
                    + " somebody reviews it afterwards. It is copied to prompts and audit: no personal data.")
    private @Nullable String breakGlass;

    @Option(
            names = "--request-id",
            paramLabel = "ID",
            description = "Name of the request; a repeat of it is not run twice. Default: a new UUID.")
    private @Nullable String requestId;

    @Mixin
    private ScopeOptions scope;

    public RequestSubmitCommand(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        RequestEvent event = event();
        Connection connection = connection();
        append(connection, connection.topics().requests(), event.getSubjectId(), event, unsure(event.getRequestId()));
        report(event);
        return ExitCode.OK;
    }

    private RequestEvent event() {
        return RequestEvent.newBuilder()
                .setEventId(UUID.randomUUID().toString())
                .setRequestId(
                        requestId == null
                                ? UUID.randomUUID().toString()
                                : Limits.text("--request-id", requestId, Limits.ID))
                .setSubjectId(Limits.text("--subject", subject, Limits.PSEUDONYM))
                .setOccurredAt(context.clock().instant())
                .setBody(Submission.newBuilder()
                        .setAction(action)
                        .setRegime(Limits.text("--regime", regime, Limits.NAME))
                        .setRequester(requester())
                        .setPurpose(Limits.text("--purpose", purpose, Limits.SENTENCE))
                        .setChannel(channel)
                        .setScope(new Scope(scope.systems(), scope.categories()))
                        .setIdentifiers(new Identifiers(identifiers(), null))
                        .setBreakGlass(
                                breakGlass == null
                                        ? null
                                        : new BreakGlass(
                                                Limits.text("--break-glass", breakGlass, Limits.DECISION_REASON)))
                        .build())
                .build();
    }

    private Requester requester() {
        if (requesterId == null && requesterType != RequesterType.SUBJECT) {
            throw CliException.usage(
                    "A requester of type " + requesterType + " needs --requester-id.",
                    "Give the requester's pseudonym, never a name or an e-mail address.");
        }
        return Requester.newBuilder()
                .setType(requesterType)
                .setId(requesterId == null ? subject : Limits.text("--requester-id", requesterId, Limits.PSEUDONYM))
                .setRoles(List.copyOf(Limits.names("--role", roles)))
                .setIp(Limits.optional("--ip", ip, Limits.NAME))
                .setCountry(Limits.optional("--country", country, Limits.NAME))
                .setDevice(Limits.optional("--device", device, Limits.NAME))
                .build();
    }

    /** Systems that know the person by the pseudonym itself need no more. */
    private Map<String, String> identifiers() {
        return identifiersFile == null ? Map.of() : IdentifiersReader.read(source(identifiersFile));
    }

    /** Without its name a repeat would be another request. */
    private static String unsure(String id) {
        return "It is not known whether the request " + id + " was submitted. Look with: quittance request show " + id
                + "\nOr submit it again with --request-id " + id + ": it is not run twice.";
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
            output.line(event.getRequestId());
            output.note("Submitted. Follow it with: quittance request watch " + event.getRequestId());
        }
    }
}
