package io.quittance.streams.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quittance.schema.Freeze;
import io.quittance.streams.cli.CliContext;
import io.quittance.streams.cli.Connection;
import io.quittance.streams.cli.ExitCode;
import io.quittance.streams.cli.kafka.ContractLog.Entry;
import io.quittance.streams.cli.output.AvroJson;
import io.quittance.streams.cli.output.Output;
import io.quittance.streams.codec.InvalidRecordException;
import io.quittance.streams.codec.ReferenceReader;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
        Collection<Entry<Freeze>> freezes = Tables.latest(
                        log(connection), connection.topics().freezes(), Freeze.class)
                .values();
        Output output = output();
        if (output.json()) {
            freezes.forEach(entry -> output.json(json(entry)));
        } else {
            output.table(
                    List.of("FREEZE", "STOPS", "UNTIL", "SINCE", "BY", "REASON"),
                    freezes.stream().map(this::row).toList(),
                    "Nothing is frozen.");
        }
        return ExitCode.OK;
    }

    /** Why the pipeline cannot use it, by the pipeline's own rule; it stops everything then, until it is lifted. */
    private static Optional<String> flaw(String name, @Nullable Freeze freeze) {
        if (freeze == null) {
            return Optional.of("The record cannot be read.");
        }
        try {
            ReferenceReader.freeze(name, freeze);
            return Optional.empty();
        } catch (InvalidRecordException refused) {
            return Optional.ofNullable(refused.getMessage());
        }
    }

    private static ObjectNode json(Entry<Freeze> entry) {
        Freeze freeze = entry.value();
        Optional<String> flaw = flaw(entry.key(), freeze);
        if (freeze != null && flaw.isEmpty()) {
            return AvroJson.of(freeze);
        }
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", entry.key())
                .put("everything", true)
                .putNull("until")
                .put("unusable", flaw.orElse(""));
    }

    private List<String> row(Entry<Freeze> entry) {
        Freeze freeze = entry.value();
        Optional<String> flaw = flaw(entry.key(), freeze);
        String key = entry.key().isBlank() ? "'" + entry.key() + "'" : Output.escaped(entry.key());
        if (freeze == null) {
            return List.of(key, "everything (cannot be read)", "lifted", "", "", flaw.orElse(""));
        }
        return flaw.isEmpty()
                ? row(freeze)
                : List.of(
                        key,
                        "everything (cannot be used)",
                        "lifted",
                        freeze.getIssuedAt().toString(),
                        freeze.getIssuedBy(),
                        flaw.get());
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
        return Stream.of(freeze.getSystems(), freeze.getRegimes(), freeze.getPolicies())
                .flatMap(List::stream)
                .collect(Collectors.joining(", "));
    }

    private String until(Freeze freeze) {
        if (freeze.getUntil() == null) {
            return "lifted";
        }
        boolean over = !context.clock().instant().isBefore(freeze.getUntil());
        return freeze.getUntil() + (over ? " (over)" : "");
    }
}
