package io.quittance.bench.workload;

import io.quittance.bench.contender.Contender;
import io.quittance.bench.contender.Latencies;
import io.quittance.bench.contender.Measured;
import io.quittance.bench.raw.RawLimit;
import io.quittance.bench.raw.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * The raw limit, W1 and W2 of all contenders, taking turns: in each round everybody is measured once, in another order,
 * so that a busy minute of the machine is shared.
 */
public final class Comparison {
    /** Records that a request cannot do without: six inputs, four tasks, two audit records. */
    private static final double FLOOR = 12;
    /** Of its own closed loop: where queues do not grow. */
    private static final double HALF = 0.5;

    private static final String RATE = "closed requests per second";

    private final Stage stage;
    private final List<Entrant> contenders;
    private final boolean openLoops;

    /**
     * One who takes part.
     *
     * @param label with its durability, where it has more than one
     */
    public record Entrant(String label, Contender contender) {}

    /** @param openLoops whether W2 is wanted too */
    public Comparison(Stage stage, List<Entrant> contenders, boolean openLoops) {
        this.stage = stage;
        this.contenders = contenders;
        this.openLoops = openLoops;
    }

    /** @param raw whether the raw limit is wanted too; it needs a pipeline that has closed requests */
    public void run(boolean raw, Duration commitInterval) throws InterruptedException {
        @Nullable RawLimit limit = null;
        try {
            for (int round = 1; round <= stage.loops().rounds(); round++) {
                stage.progress()
                        .accept("round %d of %d".formatted(round, stage.loops().rounds()));
                for (Entrant contender : order(contenders, round)) {
                    stage.awaitQuiet();
                    compete(contender);
                }
                if (raw) {
                    limit = limit == null ? rawLimit(commitInterval) : limit;
                    stage.awaitQuiet();
                    double rate =
                            limit.run(stage.loops().warmUp(), stage.loops().measured());
                    stage.add("raw", "log", "records per second", "/s", rate);
                }
            }
        } finally {
            if (limit != null) {
                limit.close();
            }
        }
        contenders.forEach(this::addUse);
    }

    /** Nobody is always first, or always after the same one; the first round goes as the tables do. */
    static List<Entrant> order(List<Entrant> contenders, int round) {
        var order = new ArrayList<>(contenders);
        Collections.rotate(order, round - 1);
        if (round % 2 == 0) {
            Collections.reverse(order);
        }
        return order;
    }

    private RawLimit rawLimit(Duration commitInterval) {
        var sample = Sample.of(stage.lab().bootstrapServers(), stage.main().topics(), 0);
        stage.results()
                .note("The raw limit writes the %.0f bytes (mean value) of real requests, from two producers."
                        .formatted(sample.meanBytes()));
        return RawLimit.start(stage.lab(), sample, stage.options().partitions(), 2, commitInterval, Map.of());
    }

    private void compete(Entrant entrant) throws InterruptedException {
        String name = entrant.label();
        Contender contender = entrant.contender();
        Loops loops = stage.loops();
        int inFlight = contender.inFlight(loops.inFlight());
        Duration warmUp = loops.warmUp(stage.results().median("W1", name, RATE), inFlight);
        Measured closed = contender.closedLoop(warmUp, loops.measured(), inFlight);
        stage.add("W1", name, RATE, "/s", closed.rate());
        add("W1", name, closed);
        if (openLoops) {
            double offered = Math.max(1, closed.rate() * HALF);
            Latencies open = contender.openLoop(offered, loops.warmUp(), loops.measured());
            stage.add("W2", name, "offered", "/s", open.offered());
            stage.add("W2", name, RATE, "/s", open.achieved());
            latencies(name, "approval → task", open.approvalToTask());
            latencies(name, "intake → prompt", open.intakeToPrompt());
            latencies(name, "last completion → closed", open.completionToClosed());
            Correctness.add(stage, "W2", name, open.lost(), open.doubled());
        }
    }

    private void add(String workload, String name, Measured closed) {
        stage.add(workload, name, "driver", "cores", closed.driverCores());
        stage.add(workload, name, "contender", "cores", closed.contenderCores());
        if (closed.log() != null) {
            stage.add(
                    workload,
                    name,
                    "N, log records per request",
                    "",
                    closed.log().recordsPerRequest());
            stage.add(workload, name, "bytes per request", "B", closed.log().bytesPerRequest());
        }
        Correctness.add(stage, workload, name, closed.lost(), closed.doubled());
    }

    private void latencies(String name, String what, Histogram histogram) {
        for (var quantile : List.of(Map.entry("p50", 50.0), Map.entry("p99", 99.0), Map.entry("p999", 99.9))) {
            stage.add(
                    "W2", name, what + " " + quantile.getKey(), "ms", Latencies.millis(histogram, quantile.getValue()));
        }
    }

    /** What part of the log's limit is put to use. */
    private void addUse(Entrant entrant) {
        String name = entrant.label();
        var rate = stage.results().median("W1", name, RATE);
        var raw = stage.results().median("raw", "log", "records per second");
        var records = stage.results().median("W1", name, "N, log records per request");
        if (rate.isPresent() && raw.isPresent() && records.isPresent()) {
            double each = rate.getAsDouble() / raw.getAsDouble();
            stage.add("W1", name, "U, floor of records / raw", "", each * FLOOR);
            stage.add("W1", name, "F, all records / raw", "", each * records.getAsDouble());
        }
    }
}
