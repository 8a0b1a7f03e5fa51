package io.quittance.streams.cli.command;

import io.quittance.schema.LimitDocument;
import io.quittance.streams.cli.CliContext;
import io.quittance.streams.cli.CliException;
import io.quittance.streams.cli.Connection;
import io.quittance.streams.cli.ExitCode;
import io.quittance.streams.cli.document.DocumentWriter;
import io.quittance.streams.cli.output.Output;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows the limits in force, or one as YAML. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "List the limits in force; with a name, print that one as YAML that 'limits apply' takes.",
        footer = {"", "Example:", "  quittance limits show shop-deletes > limit.yaml"})
public final class LimitsShowCommand extends PipelineCommand {

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "The limit.")
    private @Nullable String name;

    public LimitsShowCommand(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        Connection connection = connection();
        var inForce = new InForce<>(log(connection), connection.topics().limits(), LimitDocument.class, output());
        if (name == null) {
            list(inForce.all());
        } else {
            show(inForce.find(name)
                    .orElseThrow(() -> CliException.notFound(
                            "There is no limit '" + name + "'.", "'quittance limits show' lists those there are.")));
        }
        return ExitCode.OK;
    }

    private void show(LimitDocument limit) {
        Output output = output();
        if (output.json()) {
            output.json(limit);
        } else {
            output.note("# version " + limit.getVersion() + ", published " + limit.getPublishedAt() + " by "
                    + limit.getPublishedBy());
            output.document(DocumentWriter.write(limit));
        }
    }

    private void list(Collection<LimitDocument> limits) {
        Output output = output();
        if (output.json()) {
            limits.forEach(output::json);
            return;
        }
        output.table(
                List.of("LIMIT", "VERSION", "SYSTEMS", "ACTIONS", "AT ONCE", "RATE", "PUBLISHED", "BY"),
                limits.stream()
                        .map(limit -> List.of(
                                limit.getName(),
                                String.valueOf(limit.getVersion()),
                                LimitWords.systems(limit),
                                LimitWords.actions(limit),
                                LimitWords.atOnce(limit),
                                LimitWords.rate(limit),
                                limit.getPublishedAt().toString(),
                                limit.getPublishedBy()))
                        .toList(),
                "Nothing is limited. Publish limits with 'quittance limits apply'.");
    }
}
