package io.quittance.bench.workload;

/** The application's metrics page. */
final class Metrics {
    private Metrics() {}

    /** Of all lines with that name, whatever their labels. */
    static double sum(String page, String name) {
        return page.lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
