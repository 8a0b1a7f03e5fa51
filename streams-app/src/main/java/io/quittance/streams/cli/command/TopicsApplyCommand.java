package io.quittance.streams.cli.command;

import io.quittance.contract.TopicKey.PartitionRule;
import io.quittance.contract.Topics;
import io.quittance.contract.Topics.Topic;
import io.quittance.streams.cli.CliContext;
import io.quittance.streams.cli.CliException;
import io.quittance.streams.cli.Connection;
import io.quittance.streams.cli.kafka.SchemaAdmin;
import io.quittance.streams.cli.kafka.SchemaAdmin.Standing;
import io.quittance.streams.cli.kafka.TopicAdmin;
import io.quittance.streams.cli.kafka.TopicAdmin.ExistingTopic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Creates the topics that are missing, registers the schemas of their values, and compares what is there. It alters
 * nothing.
 */
@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        description = {
            "Create the topics that are missing; compare those that exist with what they should be.",
            "Register the schema of each topic's values as '<topic>-value', so that others can take it from the"
                    + " registry before anything is written, and producers need not register.",
            "Nothing that exists is altered: a topic that differs, and a schema that the registry's is not compatible"
                    + " with, is reported, and the exit code is 5."
        },
        footer = {
            "",
            "Examples:",
            "  quittance topics apply --bootstrap-server broker:9092 --replication-factor 3 --system shop --system crm",
            "  quittance topics apply --config client.properties --dry-run"
        })
public final class TopicsApplyCommand extends PipelineCommand {

    private static final int DEFAULT_PARTITIONS = 12;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            description = "Partitions of all topics keyed by subject. Default: what the existing ones have, else "
                    + DEFAULT_PARTITIONS + ".")
    private @Nullable Integer partitions;

    @Option(
            names = "--replication-factor",
            paramLabel = "N",
            description = "Copies of each partition. Default: the broker's; 3 or more in production.")
    private @Nullable Short replicationFactor;

    @Option(
            names = "--system",
            paramLabel = "NAME",
            description = "A system to make a topic of tasks for, beside those in the data map. Repeatable.")
    private List<String> systems = new ArrayList<>();

    @Option(names = "--no-schemas", description = "Leave the schema registry alone.")
    private boolean noSchemas;

    @Option(names = "--dry-run", description = "Create and register nothing; say what is missing.")
    private boolean dryRun;

    public TopicsApplyCommand(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        Connection connection = topicsConnection();
        try (TopicAdmin admin = context.connector().admin(connection);
                SchemaAdmin schemas = schemas(connection)) {
            List<Topic> topics = connection.topics().all(systems(connection, admin));
            Map<String, ExistingTopic> existing =
                    admin.describe(topics.stream().map(Topic::name).toList());
            int shared = sharedPartitions(topics, existing);
            List<TopicVerdict> verdicts = topics.stream()
                    .map(topic -> TopicVerdict.of(
                            topic, shared, Optional.ofNullable(replicationFactor), existing.get(topic.name())))
                    .toList();
            // Before anything is created: a registry that does not answer should not leave half of the work done.
            Map<String, Standing> standings = new HashMap<>();
            topics.forEach(topic -> standings.put(topic.name(), schemas.look(topic)));
            if (!dryRun) {
                admin.create(verdicts.stream()
                        .filter(verdict -> !verdict.exists())
                        .map(TopicVerdict::wanted)
                        .toList());
                topics.stream()
                        .filter(topic -> standings.get(topic.name()) == Standing.MISSING)
                        .forEach(topic -> standings.put(topic.name(), schemas.register(topic)));
            }
            return new TopicsReport(output(), dryRun, standings).print(verdicts);
        }
    }

    private SchemaAdmin schemas(Connection connection) {
        if (noSchemas) {
            return SchemaAdmin.NONE;
        }
        if (!connection.hasRegistry()) {
            output().note("No schema is registered: it is not said where the schema registry is"
                    + " (--schema-registry-url).");
            return SchemaAdmin.NONE;
        }
        return context.connector().schemas(connection);
    }

    private Collection<String> systems(Connection connection, TopicAdmin admin) {
        Set<String> all = new TreeSet<>(systems);
        all.stream().filter(system -> !Topics.isLegalSystem(system)).findFirst().ifPresent(illegal -> {
            throw CliException.usage(
                    "'" + illegal + "' cannot be a system's name.",
                    "Use 1 to 63 lower-case letters, digits and dashes, starting with a letter or digit.");
        });
        String dataMap = connection.topics().systems();
        if (admin.describe(List.of(dataMap)).containsKey(dataMap)) {
            log(connection).keys(dataMap).stream().filter(Topics::isLegalSystem).forEach(all::add);
        }
        return all;
    }

    /** Whoever asks for a count gets it; otherwise new topics follow the old ones, or co-partitioning would break. */
    private int sharedPartitions(List<Topic> topics, Map<String, ExistingTopic> existing) {
        if (partitions != null) {
            if (partitions < 1) {
                throw CliException.usage("--partitions must be at least 1.", "The usual count is 12.");
            }
            return partitions;
        }
        return topics.stream()
                .filter(topic -> topic.spec().key().partitions() == PartitionRule.SHARED)
                .flatMap(topic -> Optional.ofNullable(existing.get(topic.name())).stream())
                .map(ExistingTopic::partitions)
                .findFirst()
                .orElse(DEFAULT_PARTITIONS);
    }
}
