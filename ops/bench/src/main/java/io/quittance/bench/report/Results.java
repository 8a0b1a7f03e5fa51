package io.quittance.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** All figures of a run, in the order in which they came. */
public final class Results {
    private final Map<Metric, List<Double>> figures = new LinkedHashMap<>();
    private final List<Double> loads = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /**
     * One more round of it; what is no number, as of a process that nobody asked or nothing that closed, is left out.
     */
    public void add(Metric metric, double value) {
        if (Double.isFinite(value)) {
            figures.computeIfAbsent(metric, any -> new ArrayList<>()).add(value);
        }
    }

    /** The machine's load average, at some moment between two measurements. */
    public void addLoad(double load) {
        loads.add(load);
    }

    /** Something a reader has to know. */
    public void note(String sentence) {
        if (!notes.contains(sentence)) {
            notes.add(sentence);
        }
    }

    public Map<Metric, Spread> all() {
        Map<Metric, Spread> all = new LinkedHashMap<>();
        figures.forEach((metric, values) -> all.put(metric, new Spread(values)));
        return all;
    }

    public Optional<Spread> find(String workload, String contender, String name) {
        return figures.entrySet().stream()
                .filter(entry -> entry.getKey().workload().equals(workload)
                        && entry.getKey().contender().equals(contender)
                        && entry.getKey().name().equals(name))
                .findFirst()
                .map(entry -> new Spread(entry.getValue()));
    }

    public OptionalDouble median(String workload, String contender, String name) {
        return find(workload, contender, name)
                .map(spread -> OptionalDouble.of(spread.median()))
                .orElseGet(OptionalDouble::empty);
    }

    public List<Double> loads() {
        return List.copyOf(loads);
    }

    public List<String> notes() {
        return List.copyOf(notes);
    }
}
