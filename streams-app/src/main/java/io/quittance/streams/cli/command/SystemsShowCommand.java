package io.quittance.streams.cli.command;

import io.quittance.schema.SystemEntry;
import io.quittance.streams.cli.CliContext;
import io.quittance.streams.cli.CliException;
import io.quittance.streams.cli.Connection;
import io.quittance.streams.cli.ExitCode;
import io.quittance.streams.cli.document.DocumentWriter;
import io.quittance.streams.cli.output.Output;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows the data map, or one entry as YAML. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "List the data map; with a name, print that entry as YAML that 'systems apply' takes.",
        footer = {"", "Example:", "  quittance systems show shop > shop.yaml"})
public final class SystemsShowCommand extends PipelineCommand {

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "The system.")
    private @Nullable String name;

    public SystemsShowCommand(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        Connection connection = connection();
        var inForce = new InForce<>(log(connection), connection.topics().systems(), SystemEntry.class, output());
        if (name == null) {
            list(inForce.all());
        } else {
            show(inForce.find(name)
                    .orElseThrow(() -> CliException.notFound(
                            "There is no system '" + name + "' in the data map.",
                            "'quittance systems show' lists those there are.")));
        }
        return ExitCode.OK;
    }

    private void show(SystemEntry system) {
        Output output = output();
        if (output.json()) {
            output.json(system);
        } else {
            output.note("# version " + system.getVersion() + ", published " + system.getPublishedAt() + " by "
                    + system.getPublishedBy());
            output.document(DocumentWriter.write(system));
        }
    }

    private void list(Collection<SystemEntry> systems) {
        Output output = output();
        if (output.json()) {
            systems.forEach(output::json);
            return;
        }
        output.table(
                List.of("SYSTEM", "VERSION", "ACTIONS", "AFTER", "DATASETS", "PUBLISHED", "BY"),
                systems.stream()
                        .map(system -> List.of(
                                system.getSystem(),
                                String.valueOf(system.getVersion()),
                                system.getActions().stream().map(Enum::name).collect(Collectors.joining(", ")),
                                String.join(", ", system.getAfter()),
                                String.valueOf(system.getDatasets().size()),
                                system.getPublishedAt().toString(),
                                system.getPublishedBy()))
                        .toList(),
                "The data map is empty. Publish its entries with 'quittance systems apply'.");
    }
}
