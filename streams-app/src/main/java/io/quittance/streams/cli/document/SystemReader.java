package io.quittance.streams.cli.document;

import io.quittance.contract.Topics;
import io.quittance.schema.Action;
import io.quittance.schema.Dataset;
import io.quittance.schema.Disposal;
import io.quittance.schema.Field;
import io.quittance.schema.ForeignKey;
import io.quittance.schema.Locator;
import io.quittance.schema.SystemEntry;
import io.quittance.schema.Transformation;
import io.quittance.streams.yaml.InvalidDocumentException;
import io.quittance.streams.yaml.Position;
import io.quittance.streams.yaml.Problems;
import io.quittance.streams.yaml.SourceFile;
import io.quittance.streams.yaml.YamlMapping;
import io.quittance.streams.yaml.YamlNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads data map entries. A file holds one, or several with a line {@code ---} between them. */
public final class SystemReader {

    private static final int LONGEST_NAME = 128;
    private static final Duration LONGEST_TASK = Duration.ofDays(30);

    private SystemReader() {}

    /**
     * The entries of all files.
     *
     * @param published entries that are in force already: an entry may come after one of them
     * @throws InvalidDocumentException with every mistake and its position
     */
    public static List<SystemDraft> read(List<SourceFile> sources, Collection<SystemEntry> published) {
        Problems problems = new Problems();
        List<SystemDraft> drafts = sources.stream()
                .flatMap(source -> YamlNode.documents(source, problems).stream())
                .map(document -> draft(YamlMapping.of(document)))
                .toList();
        // Names that could not be read would only cause errors about the order that are not any.
        problems.throwIfAny();
        SystemOrder.check(drafts, published, problems);
        problems.throwIfAny();
        return drafts;
    }

    private static SystemDraft draft(YamlMapping yaml) {
        String system = yaml.text("system", 63);
        Position at = yaml.optional("system").map(YamlNode::position).orElse(yaml.position());
        yaml.optional("system")
                .filter(value -> !system.isBlank() && !Topics.isLegalSystem(system))
                .ifPresent(value -> value.problem("'system' may have lower-case letters, digits and dashes only,"
                        + " and starts with a letter or digit: it is part of a topic's name."));
        Map<String, Position> after = new LinkedHashMap<>();
        Set<String> datasets = new HashSet<>();
        SystemEntry entry = SystemEntry.newBuilder()
                .setSystem(system)
                .setVersion(0)
                .setDescription(yaml.text("description", 1_024, ""))
                .setActions(actions(yaml))
                .setAfter(yaml.list("after", node -> after(node, after)))
                .setDatasets(yaml.requiredList("datasets", node -> dataset(YamlMapping.of(node), datasets)))
                .setTaskTimeoutMs(yaml.duration("task_timeout", LONGEST_TASK, Duration.ofMinutes(15))
                        .toMillis())
                .setMaxAttempts(yaml.number("max_attempts", 1, 100, 5))
                .setPublishedAt(Instant.EPOCH)
                .setPublishedBy("")
                .build();
        yaml.refuseOtherKeys();
        return new SystemDraft(entry, at, after);
    }

    private static List<Action> actions(YamlMapping yaml) {
        Set<Action> seen = new HashSet<>();
        return yaml.requiredList("actions", node -> {
            Action action = YamlMapping.choiceOf(node, "actions", Action.class, Action.UNKNOWN);
            if (action != Action.UNKNOWN && !seen.add(action)) {
                node.problem(action + " is here twice.");
            }
            return action;
        });
    }

    private static String after(YamlNode node, Map<String, Position> positions) {
        String system = YamlMapping.textOf(node, "after", 63);
        if (positions.putIfAbsent(system, node.position()) != null) {
            node.problem("'" + system + "' is here twice.");
        }
        return system;
    }

    private static Dataset dataset(YamlMapping yaml, Set<String> names) {
        String name = yaml.text("name", LONGEST_NAME);
        if (!name.isBlank() && !names.add(name)) {
            yaml.optional("name").ifPresent(at -> at.problem("The dataset '" + name + "' is here twice."));
        }
        Dataset dataset = Dataset.newBuilder()
                .setName(name)
                .setLocation(yaml.text("location", 512))
                .setLocator(locator(yaml))
                .setFields(yaml.entries("fields", SystemReader::field))
                .setOnDelete(yaml.choice("on_delete", Disposal.class, Disposal.ERASE))
                .setLegalGround(yaml.has("legal_ground") ? yaml.text("legal_ground", 256) : null)
                .setBackupDays(yaml.number("backup_days", 0, 36_500, 0))
                .build();
        yaml.refuseOtherKeys();
        checkDisposal(yaml, dataset);
        return dataset;
    }

    private static void checkDisposal(YamlMapping yaml, Dataset dataset) {
        boolean retained = dataset.getOnDelete() == Disposal.RETAIN;
        if (retained && dataset.getLegalGround() == null) {
            yaml.keyNode("on_delete").problem("RETAIN needs 'legal_ground': the law and article that demand it.");
        }
        if (!retained && dataset.getLegalGround() != null) {
            yaml.keyNode("legal_ground").problem("'legal_ground' is for datasets with 'on_delete: RETAIN'.");
        }
        if (dataset.getOnDelete() == Disposal.ANONYMIZE && dataset.getFields().isEmpty()) {
            yaml.keyNode("on_delete").problem("ANONYMIZE changes the listed fields only: name them under 'fields'.");
        }
    }

    private static Locator locator(YamlMapping dataset) {
        if (!dataset.has("locator")) {
            dataset.missing("locator");
            return new Locator("", "", List.of());
        }
        YamlMapping yaml = dataset.optional("locator").map(YamlMapping::of).orElseThrow();
        Locator locator = new Locator(
                yaml.text("identifier", LONGEST_NAME),
                yaml.text("column", 512),
                yaml.list("path", node -> step(YamlMapping.of(node))));
        yaml.refuseOtherKeys();
        return locator;
    }

    private static ForeignKey step(YamlMapping yaml) {
        ForeignKey step = new ForeignKey(
                yaml.text("column", LONGEST_NAME),
                yaml.text("references_table", 256),
                yaml.text("references_column", LONGEST_NAME));
        yaml.refuseOtherKeys();
        return step;
    }

    /** A field is {@code name: category}, or {@code name: {category: ..., anonymize: ...}}. */
    private static Field field(String name, YamlNode value) {
        if (value.mapping().isEmpty()) {
            return new Field(name, YamlMapping.textOf(value, name, LONGEST_NAME), Transformation.REDACT);
        }
        YamlMapping yaml = YamlMapping.of(value);
        Field field = new Field(
                name,
                yaml.text("category", LONGEST_NAME),
                yaml.choice("anonymize", Transformation.class, Transformation.REDACT));
        yaml.refuseOtherKeys();
        return field;
    }
}
