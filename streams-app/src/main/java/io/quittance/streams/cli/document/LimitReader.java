package io.quittance.streams.cli.document;

import io.quittance.contract.Topics;
import io.quittance.schema.Action;
import io.quittance.schema.LimitDocument;
import io.quittance.schema.LimitRate;
import io.quittance.streams.codec.LimitMapping;
import io.quittance.streams.yaml.InvalidDocumentException;
import io.quittance.streams.yaml.Problems;
import io.quittance.streams.yaml.SourceFile;
import io.quittance.streams.yaml.YamlMapping;
import io.quittance.streams.yaml.YamlNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads limits. A file holds one, or several with a line {@code ---} between them. */
public final class LimitReader {

    private static final Pattern LEGAL_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

    private LimitReader() {}

    /**
     * The limits of all files. They lack what only publishing gives: version 0, published by nobody at the epoch.
     *
     * @throws InvalidDocumentException with every mistake and its position
     */
    public static List<LimitDocument> read(List<SourceFile> sources) {
        Problems problems = new Problems();
        Set<String> names = new HashSet<>();
        List<LimitDocument> limits = sources.stream()
                .flatMap(source -> YamlNode.documents(source, problems).stream())
                .map(document -> limit(YamlMapping.of(document), names))
                .toList();
        problems.throwIfAny();
        return limits;
    }

    private static LimitDocument limit(YamlMapping yaml, Set<String> names) {
        LimitDocument limit = LimitDocument.newBuilder()
                .setName(name(yaml, names))
                .setVersion(0)
                .setDescription(yaml.text("description", 1_024, ""))
                .setSystems(systems(yaml))
                .setActions(actions(yaml))
                .setConcurrent(yaml.has("concurrent") ? yaml.number("concurrent", 1, LimitMapping.MAX_COUNT, 1) : null)
                .setPerWindow(rate(yaml))
                .setPublishedAt(Instant.EPOCH)
                .setPublishedBy("")
                .build();
        yaml.refuseOtherKeys();
        if (limit.getConcurrent() == null && limit.getPerWindow() == null) {
            yaml.problem("A limit needs 'concurrent: 5', or 'per_window: {count: 20, window: 1h}', or both.");
        }
        return limit;
    }

    private static String name(YamlMapping yaml, Set<String> names) {
        String name = yaml.text("name", 128);
        yaml.optional("name").filter(at -> !name.isBlank()).ifPresent(at -> {
            if (!LEGAL_NAME.matcher(name).matches()) {
                at.problem("'name' may have letters, digits, dots, dashes and underscores only.");
            } else if (!names.add(name)) {
                at.problem("The limit '" + name + "' is described twice.");
            }
        });
        return name;
    }

    private static List<String> systems(YamlMapping yaml) {
        Set<String> seen = new HashSet<>();
        return yaml.list("systems", node -> {
            String system = YamlMapping.textOf(node, "systems", 63);
            if (!system.isBlank() && !Topics.isLegalSystem(system)) {
                node.problem("'" + system + "' cannot be a system: lower-case letters, digits and dashes only.");
            } else if (!seen.add(system)) {
                node.problem("'" + system + "' is here twice.");
            }
            return system;
        });
    }

    private static List<Action> actions(YamlMapping yaml) {
        Set<Action> seen = new HashSet<>();
        return yaml.list("actions", node -> {
            Action action = YamlMapping.choiceOf(node, "actions", Action.class, Action.UNKNOWN);
            if (action != Action.UNKNOWN && !seen.add(action)) {
                node.problem(action + " is here twice.");
            }
            return action;
        });
    }

    private static @Nullable LimitRate rate(YamlMapping limit) {
        return limit.optional("per_window")
                .map(YamlMapping::of)
                .map(yaml -> {
                    List.of("count", "window").stream()
                            .filter(key -> !yaml.has(key))
                            .forEach(yaml::missing);
                    var rate = new LimitRate(
                            yaml.number("count", 1, LimitMapping.MAX_COUNT, 1),
                            yaml.duration("window", LimitMapping.LONGEST_WINDOW, Duration.ofHours(1))
                                    .toMillis());
                    yaml.refuseOtherKeys();
                    return rate;
                })
                .orElse(null);
    }
}
