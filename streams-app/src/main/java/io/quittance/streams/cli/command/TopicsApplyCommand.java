package io.quittance.streams.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quittance.contract.TopicKey.PartitionRule;
import io.quittance.contract.Topics;
import io.quittance.contract.Topics.Topic;
import io.quittance.streams.cli.CliContext;
import io.quittance.streams.cli.CliException;
import io.quittance.streams.cli.Connection;
import io.quittance.streams.cli.ExitCode;
import io.quittance.streams.cli.command.TopicVerdict.Difference;
import io.quittance.streams.cli.kafka.TopicAdmin;
import io.quittance.streams.cli.kafka.TopicAdmin.ExistingTopic;
import io.quittance.streams.cli.output.Output;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Creates the topics that are missing and compares those that are there. It alters nothing. */
@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        description = {
            "Create the topics that are missing; compare those that exist with what they should be.",
            "An existing topic is never altered: differences are reported, and the exit code is 5."
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

    @Option(names = "--dry-run", description = "Create nothing; say what would be created.")
    private boolean dryRun;

    public TopicsApplyCommand(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        Connection connection = topicsConnection();
        try (TopicAdmin admin = context.connector().admin(connection)) {
            List<Topic> topics = connection.topics().all(systems(connection, admin));
            Map<String, ExistingTopic> existing =
                    admin.describe(topics.stream().map(Topic::name).toList());
            int shared = sharedPartitions(topics, existing);
            List<TopicVerdict> verdicts = topics.stream()
                    .map(topic -> TopicVerdict.of(
                            topic, shared, Optional.ofNullable(replicationFactor), existing.get(topic.name())))
                    .toList();
            if (!dryRun) {
                admin.create(verdicts.stream()
                        .filter(verdict -> !verdict.exists())
                        .map(TopicVerdict::wanted)
                        .toList());
            }
            return report(verdicts);
        }
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

    private int report(List<TopicVerdict> verdicts) {
        Output output = output();
        if (output.json()) {
            verdicts.forEach(verdict -> output.json(json(verdict)));
        } else {
            output.table(
                    List.of("TOPIC", "PARTITIONS", "STATUS", "DIFFERENCES"),
                    verdicts.stream().map(this::row).toList(),
                    "The catalogue is empty.");
        }
        long differing = verdicts.stream()
                .filter(verdict -> !verdict.differences().isEmpty())
                .count();
        if (differing > 0) {
            output.note(differing + " of " + verdicts.size()
                    + " topics differ. Nothing was altered: settings can be changed with kafka-configs.sh;"
                    + " partitions of a topic keyed by subject only while no request is open.");
        }
        return differing > 0 ? ExitCode.REFUSED : ExitCode.OK;
    }

    private List<String> row(TopicVerdict verdict) {
        return List.of(
                verdict.wanted().name(),
                String.valueOf(verdict.wanted().partitions()),
                status(verdict),
                verdict.differences().stream().map(Difference::toString).collect(Collectors.joining("; ")));
    }

    private String status(TopicVerdict verdict) {
        if (!verdict.exists()) {
            return dryRun ? "missing" : "created";
        }
        return verdict.differences().isEmpty() ? "exists" : "differs";
    }

    private ObjectNode json(TopicVerdict verdict) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("topic", verdict.wanted().name())
                .put("partitions", verdict.wanted().partitions())
                .put("status", status(verdict));
        var differences = json.putArray("differences");
        verdict.differences()
                .forEach(difference -> differences
                        .addObject()
                        .put("what", difference.what())
                        .put("expected", difference.expected())
                        .put("actual", difference.actual()));
        return json;
    }
}
