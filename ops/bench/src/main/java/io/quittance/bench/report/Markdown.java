package io.quittance.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The report for people. */
final class Markdown {
    private static final List<String> COMPARED = List.of("W1", "W2");

    private final Results results;
    private final List<String> lines = new ArrayList<>();

    private Markdown(Results results) {
        this.results = results;
    }

    static String of(RunInfo info, Results results, List<Goal> goals) {
        var markdown = new Markdown(results);
        markdown.head(info);
        markdown.goals(goals);
        COMPARED.forEach(markdown::comparison);
        markdown.others();
        markdown.notes();
        return String.join("\n", markdown.lines) + "\n";
    }

    private void head(RunInfo info) {
        lines.add("# Benchmark");
        lines.add("");
        lines.add("`%s`, revision %s, %s".formatted(info.command(), info.revision(), info.startedAt()));
        lines.add("");
        if (!info.complete()) {
            lines.add("**Incomplete**: the run ended early. What is missing was not measured, and rounds are missing.");
            lines.add("");
        }
        lines.add(info.machine() + ". Application: " + String.join(" ", info.application()) + ".");
        if (!results.loads().isEmpty()) {
            Spread loads = new Spread(results.loads());
            lines.add("Load average before each turn: %s (%s to %s)."
                    .formatted(Figures.text(loads.median()), Figures.text(loads.min()), Figures.text(loads.max())));
        }
        lines.add("");
        lines.add("Medians; in brackets the least and the most of the rounds.");
    }

    private void goals(List<Goal> goals) {
        lines.add("");
        lines.add("## Goals");
        lines.add("");
        lines.add("| | goal | measured | |");
        lines.add("| --- | --- | ---: | --- |");
        goals.forEach(goal -> lines.add("| %s | %s | %s | %s |"
                .formatted(
                        goal.workload(),
                        goal.wanted(),
                        goal.measured(),
                        goal.verdict().label())));
    }

    /** A row for each contender, a column for each figure. */
    private void comparison(String workload) {
        Set<String> contenders = names(workload, Metric::contender);
        if (contenders.isEmpty()) {
            return;
        }
        Set<String> columns = names(workload, Markdown::column);
        lines.add("");
        lines.add("## " + workload);
        lines.add("");
        lines.add("| | " + String.join(" | ", columns) + " |");
        lines.add("| --- |" + " ---: |".repeat(columns.size()));
        for (String contender : contenders) {
            lines.add("| %s | %s |"
                    .formatted(
                            contender,
                            columns.stream()
                                    .map(column -> cell(workload, contender, column))
                                    .collect(Collectors.joining(" | "))));
        }
    }

    private String cell(String workload, String contender, String column) {
        Optional<Spread> spread = results.all().entrySet().stream()
                .filter(entry -> entry.getKey().workload().equals(workload)
                        && entry.getKey().contender().equals(contender)
                        && column(entry.getKey()).equals(column))
                .findFirst()
                .map(Map.Entry::getValue);
        return spread.map(Markdown::text).orElse("");
    }

    /** A row for each figure. */
    private void others() {
        List<Map.Entry<Metric, Spread>> rest = results.all().entrySet().stream()
                .filter(entry -> !COMPARED.contains(entry.getKey().workload()))
                .toList();
        if (rest.isEmpty()) {
            return;
        }
        lines.add("");
        lines.add("## Others");
        lines.add("");
        lines.add("| | of | figure | |");
        lines.add("| --- | --- | --- | ---: |");
        rest.forEach(entry -> lines.add("| %s | %s | %s | %s |"
                .formatted(
                        entry.getKey().workload(),
                        entry.getKey().contender(),
                        column(entry.getKey()),
                        text(entry.getValue()))));
    }

    private void notes() {
        if (!results.notes().isEmpty()) {
            lines.add("");
            results.notes().forEach(note -> lines.add("- " + note));
        }
    }

    private Set<String> names(String workload, Function<Metric, String> name) {
        return results.all().keySet().stream()
                .filter(metric -> metric.workload().equals(workload))
                .map(name)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static String column(Metric metric) {
        return metric.unit().isEmpty() ? metric.name() : metric.name() + ", " + metric.unit();
    }

    private static String text(Spread spread) {
        return spread.values().size() == 1 || spread.min() == spread.max()
                ? Figures.text(spread.median())
                : "%s (%s–%s)"
                        .formatted(
                                Figures.text(spread.median()), Figures.text(spread.min()), Figures.text(spread.max()));
    }
}
