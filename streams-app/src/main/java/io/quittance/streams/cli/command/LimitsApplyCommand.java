package io.quittance.streams.cli.command;

import io.quittance.schema.LimitDocument;
import io.quittance.streams.cli.CliContext;
import io.quittance.streams.cli.Connection;
import io.quittance.streams.cli.ExitCode;
import io.quittance.streams.cli.document.LimitReader;
import io.quittance.streams.cli.kafka.ContractLog;
import io.quittance.streams.yaml.SourceFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Validates limits and publishes each as its next version. */
@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        description = {
            "Publish limits from YAML, each as its next version. The same limit again changes nothing.",
            "In force within a second. Where more is out than a lowered limit allows, nothing more goes out until enough"
                    + " has ended. What went out while no limit was on it does not count."
        },
        footer = {
            "",
            "Examples:",
            "  quittance limits apply limits.yaml --as ops-7 --config client.properties",
            "  quittance limits apply limits.yaml --check"
        })
public final class LimitsApplyCommand extends PipelineCommand {

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "Limits, several to a file with '---' between them; '-' is standard input.")
    private List<Path> files;

    @Option(names = "--as", paramLabel = "PSEUDONYM", description = "Who publishes. Or QUITTANCE_AS.")
    private @Nullable String as;

    @Option(names = "--check", description = "Only validate the files; connect to nothing.")
    private boolean check;

    @Option(names = "--dry-run", description = "Say what would change; publish nothing.")
    private boolean dryRun;

    public LimitsApplyCommand(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        List<SourceFile> sources = files.stream().map(this::source).toList();
        List<LimitDocument> limits = LimitReader.read(sources);
        limits.forEach(TakenUp::require);
        if (check) {
            output().note(limits.size() + (limits.size() == 1 ? " limit is valid." : " limits are valid."));
            return ExitCode.OK;
        }
        String publisher = actor(as);
        Connection connection = connection();
        ContractLog log = log(connection);
        String topic = connection.topics().limits();
        publish(limits, new Publisher<>(log, topic, LimitDocument.class, publisher, context.clock(), output()));
        noteUnknownSystems(limits, log.keys(connection.topics().systems()));
        return ExitCode.OK;
    }

    private void publish(List<LimitDocument> limits, Publisher<LimitDocument> publisher) {
        Map<String, Published<LimitDocument>> published = publisher.look();
        for (LimitDocument limit : limits) {
            Published<LimitDocument> known = published.getOrDefault(limit.getName(), new Published<>());
            publisher.publish(limit.getName(), limit, known, dryRun).report(output(), dryRun);
        }
    }

    /** A limit may come before its system; a misspelt one limits nothing. */
    private void noteUnknownSystems(List<LimitDocument> limits, Set<String> known) {
        Set<String> unknown = new TreeSet<>();
        limits.forEach(limit -> unknown.addAll(limit.getSystems()));
        unknown.removeAll(known);
        unknown.forEach(system -> output().note("There is no system '" + system
                + "' in the data map: what is said of it has no effect until there is."));
    }
}
