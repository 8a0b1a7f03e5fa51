package io.quittance.streams.cli.command;

import io.quittance.schema.Freeze;
import io.quittance.streams.cli.CliContext;
import io.quittance.streams.cli.Connection;
import io.quittance.streams.cli.ExitCode;
import io.quittance.streams.cli.output.Output;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/** {@code freeze list} */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "What stands still by order, and until when.",
        footer = {"", "Example:", "  quittance freeze list --json"})
public final class FreezeListCommand extends PipelineCommand {

    public FreezeListCommand(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        Connection connection = connection();
        Collection<Freeze> freezes = Tables.read(
                        log(connection), connection.topics().freezes(), Freeze.class)
                .values();
        Output output = output();
        if (output.json()) {
            freezes.forEach(output::json);
        } else {
            output.table(
                    List.of("FREEZE", "STOPS", "UNTIL", "SINCE", "BY", "REASON"),
                    freezes.stream().map(this::row).toList(),
                    "Nothing is frozen.");
        }
        return ExitCode.OK;
    }

    private List<String> row(Freeze freeze) {
        return List.of(
                freeze.getName(),
                stops(freeze),
                until(freeze),
                freeze.getIssuedAt().toString(),
                freeze.getIssuedBy(),
                freeze.getReason());
    }

    private static String stops(Freeze freeze) {
        if (freeze.getEverything()) {
            return "everything";
        }
        List<String> names = Stream.of(freeze.getSystems(), freeze.getRegimes(), freeze.getPolicies())
                .flatMap(List::stream)
                .toList();
        return names.isEmpty() ? "everything (it names nothing)" : String.join(", ", names);
    }

    private String until(Freeze freeze) {
        if (freeze.getUntil() == null) {
            return "lifted";
        }
        boolean over = !context.clock().instant().isBefore(freeze.getUntil());
        return freeze.getUntil() + (over ? " (over)" : "");
    }
}
