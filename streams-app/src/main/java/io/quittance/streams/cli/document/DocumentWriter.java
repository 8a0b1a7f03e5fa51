package io.quittance.streams.cli.document;

import io.quittance.schema.Dataset;
import io.quittance.schema.Field;
import io.quittance.schema.LimitDocument;
import io.quittance.schema.Locator;
import io.quittance.schema.PolicyDocument;
import io.quittance.schema.SystemEntry;
import io.quittance.streams.yaml.Durations;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/**
 * Writes policies, data map entries and limits as the YAML that the readers take: what is shown can be changed and
 * applied.
 */
public final class DocumentWriter {

    private static final DumpSettings BLOCKS = DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setWidth(120)
            .setSplitLines(false)
            .build();

    private DocumentWriter() {}

    public static String write(PolicyDocument policy) {
        Map<String, Object> yaml = new LinkedHashMap<>();
        yaml.put("name", policy.getName());
        putUnlessEmpty(yaml, "description", policy.getDescription());
        putUnlessEmpty(
                yaml,
                "calendars",
                policy.getCalendars().stream().map(PolicyWriter::calendar).toList());
        yaml.put("rules", policy.getRules().stream().map(PolicyWriter::rule).toList());
        return new Dump(BLOCKS).dumpToString(yaml);
    }

    public static String write(SystemEntry system) {
        Map<String, Object> yaml = new LinkedHashMap<>();
        yaml.put("system", system.getSystem());
        putUnlessEmpty(yaml, "description", system.getDescription());
        yaml.put("actions", system.getActions().stream().map(Enum::name).toList());
        putUnlessEmpty(yaml, "after", system.getAfter());
        yaml.put("task_timeout", time(system.getTaskTimeoutMs()));
        yaml.put("max_attempts", system.getMaxAttempts());
        yaml.put(
                "datasets",
                system.getDatasets().stream().map(DocumentWriter::dataset).toList());
        return new Dump(BLOCKS).dumpToString(yaml);
    }

    public static String write(LimitDocument limit) {
        Map<String, Object> yaml = new LinkedHashMap<>();
        yaml.put("name", limit.getName());
        putUnlessEmpty(yaml, "description", limit.getDescription());
        putUnlessEmpty(yaml, "systems", limit.getSystems());
        putUnlessEmpty(
                yaml, "actions", limit.getActions().stream().map(Enum::name).toList());
        putUnlessEmpty(yaml, "concurrent", limit.getConcurrent());
        if (limit.getPerWindow() != null) {
            Map<String, Object> rate = new LinkedHashMap<>();
            rate.put("count", limit.getPerWindow().getCount());
            rate.put("window", time(limit.getPerWindow().getWindowMs()));
            yaml.put("per_window", rate);
        }
        return new Dump(BLOCKS).dumpToString(yaml);
    }

    private static Map<String, Object> dataset(Dataset dataset) {
        Map<String, Object> yaml = new LinkedHashMap<>();
        yaml.put("name", dataset.getName());
        yaml.put("location", dataset.getLocation());
        yaml.put("locator", locator(dataset.getLocator()));
        Map<String, Object> fields = new LinkedHashMap<>();
        dataset.getFields().forEach(field -> fields.put(field.getName(), field(field)));
        if (!fields.isEmpty()) {
            yaml.put("fields", fields);
        }
        yaml.put("on_delete", dataset.getOnDelete().name());
        putUnlessEmpty(yaml, "legal_ground", dataset.getLegalGround());
        yaml.put("backup_days", dataset.getBackupDays());
        return yaml;
    }

    private static Map<String, Object> field(Field field) {
        Map<String, Object> yaml = new LinkedHashMap<>();
        yaml.put("category", field.getCategory());
        yaml.put("anonymize", field.getAnonymize().name());
        return yaml;
    }

    private static Map<String, Object> locator(Locator locator) {
        Map<String, Object> yaml = new LinkedHashMap<>();
        yaml.put("identifier", locator.getIdentifier());
        yaml.put("column", locator.getColumn());
        List<Map<String, String>> path = locator.getPath().stream()
                .<Map<String, String>>map(step -> {
                    Map<String, String> names = new LinkedHashMap<>();
                    names.put("column", step.getColumn());
                    names.put("references_table", step.getReferencesTable());
                    names.put("references_column", step.getReferencesColumn());
                    return names;
                })
                .toList();
        putUnlessEmpty(yaml, "path", path);
        return yaml;
    }

    static String time(long millis) {
        return Durations.format(Duration.ofMillis(millis));
    }

    static void putUnlessEmpty(Map<String, Object> yaml, String key, @Nullable Object value) {
        boolean empty = value == null
                || (value instanceof String text && text.isEmpty())
                || (value instanceof Collection<?> list && list.isEmpty());
        if (!empty) {
            yaml.put(key, value);
        }
    }
}
