package io.quittance.bench.workload;

/** A fast answer that is wrong is none: what was lost or doubled is a figure of every workload. */
final class Correctness {
    private Correctness() {}

    static void add(Stage stage, String workload, String contender, long lost, long doubled) {
        stage.add(workload, contender, "lost", "", lost);
        stage.add(workload, contender, "doubled", "", doubled);
    }
}
