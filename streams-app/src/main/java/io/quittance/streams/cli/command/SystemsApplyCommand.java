package io.quittance.streams.cli.command;

import io.quittance.schema.SystemEntry;
import io.quittance.streams.cli.CliContext;
import io.quittance.streams.cli.Connection;
import io.quittance.streams.cli.ExitCode;
import io.quittance.streams.cli.document.SystemDraft;
import io.quittance.streams.cli.document.SystemReader;
import io.quittance.streams.cli.kafka.ContractLog;
import io.quittance.streams.yaml.SourceFile;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Validates data map entries together and publishes each as its next version. */
@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        description = {
            "Publish data map entries from YAML, each as its next version. The same entry again changes nothing.",
            "Nothing is published unless all files are valid."
        },
        footer = {
            "",
            "Examples:",
            "  quittance systems apply shop.yaml crm.yaml --as ops-7 --config client.properties",
            "  quittance systems apply systems.yaml --check"
        })
public final class SystemsApplyCommand extends PipelineCommand {

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "Entries, several to a file with '---' between them; '-' is standard input.")
    private List<Path> files;

    @Option(names = "--as", paramLabel = "PSEUDONYM", description = "Who publishes. Or QUITTANCE_AS.")
    private @Nullable String as;

    @Option(
            names = "--check",
            description = "Only validate the files; connect to nothing. Systems named under 'after' must be in them.")
    private boolean check;

    @Option(names = "--dry-run", description = "Say what would change; publish nothing.")
    private boolean dryRun;

    public SystemsApplyCommand(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        List<SourceFile> sources = files.stream().map(this::source).toList();
        if (check) {
            int count = read(sources, List.of()).size();
            output().note(count + (count == 1 ? " entry is valid." : " entries are valid."));
            return ExitCode.OK;
        }
        String publisher = actor(as);
        Connection connection = connection();
        ContractLog log = log(connection);
        String topic = connection.topics().systems();
        publish(sources, new Publisher<>(log, topic, SystemEntry.class, publisher, context.clock(), output()));
        noteMissingTopics(connection);
        return ExitCode.OK;
    }

    private static List<SystemDraft> read(List<SourceFile> sources, Collection<SystemEntry> published) {
        List<SystemDraft> drafts = SystemReader.read(sources, published);
        drafts.forEach(draft -> TakenUp.require(draft.entry()));
        return drafts;
    }

    private void publish(List<SourceFile> sources, Publisher<SystemEntry> publisher) {
        Map<String, Published<SystemEntry>> published = publisher.look();
        List<SystemEntry> inForce = published.values().stream()
                .flatMap(system -> system.inForce().stream())
                .toList();
        for (SystemDraft draft : read(sources, inForce)) {
            Published<SystemEntry> known = published.getOrDefault(draft.system(), new Published<>());
            publisher.publish(draft.system(), draft.entry(), known, dryRun).report(output(), dryRun);
        }
    }

    /** Tasks for a system without a topic would wait, and the operator should not have to find out that way. */
    private void noteMissingTopics(Connection connection) {
        Set<String> systems = log(connection).keys(connection.topics().systems());
        List<String> topics = systems.stream().map(connection.topics()::tasks).toList();
        try (var admin = context.connector().admin(connection)) {
            Set<String> existing = admin.existing(topics);
            topics.stream()
                    .filter(name -> !existing.contains(name))
                    .forEach(name -> output().note("The topic " + name
                            + " does not exist yet: create it with 'quittance topics apply'."));
        }
    }
}
