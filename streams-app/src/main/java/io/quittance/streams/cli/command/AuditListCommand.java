package io.quittance.streams.cli.command;

import io.quittance.schema.Action;
import io.quittance.schema.AuditRecord;
import io.quittance.schema.RequestState;
import io.quittance.streams.cli.CliContext;
import io.quittance.streams.cli.CliException;
import io.quittance.streams.cli.Connection;
import io.quittance.streams.cli.ExitCode;
import io.quittance.streams.cli.output.Output;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists requests from the audit, the latest first. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "List requests, the one that moved last first.",
        footer = {
            "",
            "Examples:",
            "  quittance audit list --open",
            "  quittance audit list --state FAILED --state PARTIALLY_FULFILLED --json"
        })
public final class AuditListCommand extends PipelineCommand {

    @Option(
            names = "--state",
            paramLabel = "STATE",
            converter = Known.States.class,
            completionCandidates = Known.States.class,
            description = "Only in this state: ${COMPLETION-CANDIDATES}. Repeatable.")
    private List<RequestState> states = new ArrayList<>();

    @Option(
            names = "--action",
            paramLabel = "ACTION",
            converter = Known.Actions.class,
            completionCandidates = Known.Actions.class,
            description = "Only this action: ${COMPLETION-CANDIDATES}.")
    private @Nullable Action action;

    @Option(names = "--subject", paramLabel = "ID", description = "Only about this person.")
    private @Nullable String subject;

    @Option(names = "--open", description = "Only those that are not closed.")
    private boolean open;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "How many at most. Default: ${DEFAULT-VALUE}.")
    private int limit;

    public AuditListCommand(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        if (limit < 1) {
            throw CliException.usage("--limit must be at least 1.", "The default is 100.");
        }
        Connection connection = connection();
        List<AuditRecord> found =
                Tables.read(log(connection), connection.topics().audit(), AuditRecord.class, this::matches)
                        .values()
                        .stream()
                        .sorted(Comparator.comparing(AuditRecord::getUpdatedAt)
                                .reversed()
                                .thenComparing(AuditRecord::getRequestId))
                        .toList();
        report(found.stream().limit(limit).toList());
        if (found.size() > limit) {
            output().note((found.size() - limit) + " more; raise --limit to see them.");
        }
        return ExitCode.OK;
    }

    private boolean matches(AuditRecord audit) {
        return (states.isEmpty() || states.contains(audit.getState()))
                && (action == null || action == audit.getAction())
                && (subject == null || subject.equals(audit.getSubjectId()))
                && !(open && audit.getClosed());
    }

    private void report(List<AuditRecord> audits) {
        Output output = output();
        if (output.json()) {
            audits.forEach(output::json);
            return;
        }
        output.table(
                List.of("REQUEST", "SUBJECT", "ACTION", "REGIME", "STATE", "CODE", "UPDATED"),
                audits.stream()
                        .map(audit -> List.of(
                                audit.getRequestId(),
                                audit.getSubjectId(),
                                audit.getAction().name(),
                                audit.getRegime(),
                                audit.getState().name(),
                                audit.getCode(),
                                audit.getUpdatedAt().toString()))
                        .toList(),
                "No request matches.");
    }
}
