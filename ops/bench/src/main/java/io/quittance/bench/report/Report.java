package io.quittance.bench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes what was measured: {@code bench.json} for programs, {@code bench.md} and pictures for people. */
public final class Report {
    private final RunInfo info;
    private final Results results;
    private final List<Goal> goals;

    public Report(RunInfo info, Results results) {
        this.info = info;
        this.results = results;
        this.goals = Goals.of(results);
    }

    /** Writes all of it, in place of what is there. */
    public void write(Path directory) {
        try {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve("bench.json"), json());
            Files.writeString(directory.resolve("bench.md"), Markdown.of(info, results, goals));
            Plots.write(results, directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<Goal> goals() {
        return goals;
    }

    public String json() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("started_at", info.startedAt().toString());
        document.put("revision", info.revision());
        document.put("machine", info.machine());
        document.put("command", info.command());
        document.put("application", info.application());
        document.put("complete", info.complete());
        document.put("load_averages", results.loads());
        document.put("notes", results.notes());
        document.put("goals", goals);
        document.put("figures", figures());
        try {
            return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(document) + "\n";
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private List<Map<String, Object>> figures() {
        List<Map<String, Object>> figures = new ArrayList<>();
        results.all().forEach((metric, spread) -> {
            Map<String, Object> figure = new LinkedHashMap<>();
            figure.put("workload", metric.workload());
            figure.put("contender", metric.contender());
            figure.put("name", metric.name());
            figure.put("unit", metric.unit());
            figure.put("median", spread.median());
            figure.put("min", spread.min());
            figure.put("max", spread.max());
            figure.put("rounds", spread.values());
            figures.add(figure);
        });
        return figures;
    }
}
