package io.quittance.bench.report;

import io.quittance.bench.report.Goal.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.DoublePredicate;

/** The goals of the project, held against what was measured. Medians count. */
public final class Goals {
    private static final String PIPELINE = "pipeline";
    private static final String RATE = "closed requests per second";
    private static final double FLAT = 1.25;

    private final Results results;
    private final List<Goal> goals = new ArrayList<>();

    private Goals(Results results) {
        this.results = results;
    }

    public static List<Goal> of(Results results) {
        return new Goals(results).judge();
    }

    private List<Goal> judge() {
        atLeastTimes(3, "postgres");
        atLeastTimes(10, "camunda");
        atLeastTimes(10, "flowable");
        most("W1", PIPELINE, "N, log records per request", 18);
        least("W1", PIPELINE, "U, floor of records / raw", 0.30);
        most("W2", PIPELINE, "approval → task p50", 20);
        most("W2", PIPELINE, "approval → task p99", 60);
        ahead("approval → task p50");
        ahead("approval → task p99");
        least("W3", "full", "part of the empty rate", 0.80);
        most("W3", "full", "idle punctuation", 50);
        most("W4", PIPELINE, "drained in", 3);
        most("W4", PIPELINE, "added at p99", 50);
        least("W5", "beside a slow one", "part of the rate alone", 0.95);
        most("W5", "mail", "most at once", 2);
        nothingWrong("W6");
        flat();
        nothingWrong("W1");
        nothingWrong("W2");
        return List.copyOf(goals);
    }

    private void atLeastTimes(int times, String rival) {
        for (String label : contenders("W1")) {
            if (label.equals(rival) || label.startsWith(rival + ",")) {
                double ratio = value("W1", PIPELINE, RATE) / value("W1", label, RATE);
                judge("W1", "at least %d times %s".formatted(times, label), ratio, "×", x -> x >= times);
            }
        }
    }

    private void ahead(String name) {
        for (String label : contenders("W2")) {
            if (!label.equals(PIPELINE)) {
                double rival = value("W2", label, name);
                judge(
                        "W2",
                        "%s below the %s ms of %s".formatted(name, Figures.text(rival), label),
                        value("W2", PIPELINE, name),
                        "ms",
                        x -> x < rival);
            }
        }
    }

    private void most(String workload, String contender, String name, double most) {
        judge(
                workload,
                "%s: at most %s".formatted(name, Figures.text(most)),
                value(workload, contender, name),
                "",
                x -> x <= most);
    }

    private void least(String workload, String contender, String name, double least) {
        judge(
                workload,
                "%s: at least %s".formatted(name, Figures.text(least)),
                value(workload, contender, name),
                "",
                x -> x >= least);
    }

    private void nothingWrong(String workload) {
        double wrong = results.all().entrySet().stream()
                .filter(entry -> entry.getKey().workload().equals(workload))
                .filter(entry -> !workload.equals("W1") && !workload.equals("W2")
                        || entry.getKey().contender().equals(PIPELINE))
                .filter(entry ->
                        List.of("lost", "doubled").contains(entry.getKey().name()))
                .mapToDouble(entry -> entry.getValue().max())
                .reduce(Double::sum)
                .orElse(Double.NaN);
        judge(workload, "nothing lost or doubled", wrong, "", x -> x == 0);
    }

    /** Whichever size costs most, against the smallest. */
    private void flat() {
        List<Map.Entry<Metric, Spread>> sizes = results.all().entrySet().stream()
                .filter(entry -> entry.getKey().workload().equals("W7")
                        && entry.getKey().contender().endsWith(" remembered")
                        && entry.getKey().name().equals("processor time per request"))
                .sorted(Comparator.comparingLong(entry -> remembered(entry.getKey())))
                .toList();
        double ratio = sizes.size() < 2
                ? Double.NaN
                : sizes.stream()
                                .mapToDouble(size -> size.getValue().median())
                                .max()
                                .orElseThrow()
                        / sizes.get(0).getValue().median();
        String largest =
                sizes.isEmpty() ? "" : sizes.get(sizes.size() - 1).getKey().contender();
        judge(
                "W7",
                "processor time per request at most %s times that of the smallest store, up to %s"
                        .formatted(Figures.text(FLAT), largest),
                ratio,
                "×",
                x -> x <= FLAT);
    }

    private static long remembered(Metric metric) {
        return Long.parseLong(metric.contender().replaceAll("\\D", ""));
    }

    private List<String> contenders(String workload) {
        return results.all().keySet().stream()
                .filter(metric -> metric.workload().equals(workload))
                .map(Metric::contender)
                .distinct()
                .toList();
    }

    private double value(String workload, String contender, String name) {
        OptionalDouble median = results.median(workload, contender, name);
        return median.orElse(Double.NaN);
    }

    private void judge(String workload, String wanted, double measured, String unit, DoublePredicate reached) {
        Verdict verdict = !Double.isFinite(measured)
                ? Verdict.NOT_MEASURED
                : reached.test(measured) ? Verdict.REACHED : Verdict.MISSED;
        goals.add(new Goal(workload, wanted, (Figures.text(measured) + " " + unit).strip(), verdict));
    }
}
