package io.quittance.executor.connect;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;

/** A connector's options as a table for people, so that what is written about them is what they are. */
public final class OptionsTable {
    private static final String HEAD = "| option | type | default | what it does |\n| --- | --- | --- | --- |\n";

    private OptionsTable() {}

    /** Markdown, one section per group, in the order in which the groups were defined. */
    public static String markdown(ConfigDef definition) {
        return definition.groups().stream()
                .map(group -> "## " + group + "\n\n" + table(definition, group))
                .collect(Collectors.joining("\n"));
    }

    private static String table(ConfigDef definition, String group) {
        List<ConfigKey> keys = definition.configKeys().values().stream()
                .filter(key -> group.equals(key.group))
                .sorted((one, other) -> Integer.compare(one.orderInGroup, other.orderInGroup))
                .toList();
        return HEAD + keys.stream().map(OptionsTable::row).collect(Collectors.joining());
    }

    private static String row(ConfigKey key) {
        return "| `" + key.name + "` | " + key.type.name().toLowerCase(Locale.ROOT) + " | " + byDefault(key) + " | "
                + key.documentation + " |\n";
    }

    private static String byDefault(ConfigKey key) {
        if (!key.hasDefault()) {
            return "required";
        }
        if (key.type == ConfigDef.Type.PASSWORD || key.defaultValue == null) {
            return "none";
        }
        String value = key.defaultValue.toString();
        return value.isEmpty() ? "none" : "`" + value + "`";
    }
}
