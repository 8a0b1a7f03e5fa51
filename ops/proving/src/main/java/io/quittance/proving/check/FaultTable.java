package io.quittance.proving.check;

import io.quittance.proving.check.Verdict.FaultRow;
import io.quittance.proving.check.Violation.Kind;
import io.quittance.proving.history.FaultEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Adds up, for each kind of fault, how often it was, what broke meanwhile and how long recovery took. */
final class FaultTable {
    static final String NONE = FaultEvent.NONE;

    private final Map<String, Counts> counts = new TreeMap<>();

    private FaultTable() {}

    private static final class Counts {
        long begun;
        long recovered;
        long failed;
        long stopped;
        long crashed;
        long lost;
        long doubled;
        long violated;
        final List<Long> recoveries = new ArrayList<>();

        @Nullable
        String skipped;

        void add(Kind kind) {
            switch (kind) {
                case LOST -> lost++;
                case DOUBLED -> doubled++;
                case VIOLATED -> violated++;
            }
        }
    }

    static List<FaultRow> of(List<FaultEvent> events, List<Violation> violations) {
        var table = new FaultTable();
        table.happened(events);
        violations.forEach(table::broke);
        return table.rows();
    }

    private void happened(List<FaultEvent> events) {
        Map<String, Long> ended = new HashMap<>();
        Set<String> failed = new HashSet<>();
        for (FaultEvent event : events) {
            String name = event.fault() + " " + event.target();
            Counts row = row(event.fault());
            switch (event.phase()) {
                case FaultEvent.BEGIN -> {
                    row.begun++;
                    failed.remove(name);
                }
                case FaultEvent.FAILED -> row.failed += failed.add(name) ? 1 : 0;
                case FaultEvent.END -> ended.put(name, event.at());
                case FaultEvent.RECOVERED -> {
                    Long end = ended.remove(name);
                    if (end != null) {
                        row.recovered++;
                    }
                    if (end != null && !failed.contains(name)) {
                        row.recoveries.add(event.at() - end);
                    }
                }
                case FaultEvent.STOPPED -> row.stopped++;
                case FaultEvent.CRASHED -> row.crashed++;
                case FaultEvent.SKIPPED -> row.skipped = event.detail();
                default -> {
                    // A phase that a later nemesis knows.
                }
            }
        }
    }

    private void broke(Violation violation) {
        List<String> faults = violation.underWay().stream()
                .map(name -> name.split(" ", 2)[0])
                .distinct()
                .toList();
        if (faults.isEmpty()) {
            row(NONE).add(violation.kind());
        }
        faults.forEach(fault -> row(fault).add(violation.kind()));
    }

    private Counts row(String fault) {
        return counts.computeIfAbsent(fault, any -> new Counts());
    }

    private List<FaultRow> rows() {
        List<FaultRow> rows = new ArrayList<>();
        counts.forEach((fault, row) -> {
            List<Long> sorted = row.recoveries.stream().sorted().toList();
            boolean known = !sorted.isEmpty();
            rows.add(new FaultRow(
                    fault,
                    row.begun - row.failed,
                    row.failed,
                    row.stopped,
                    row.crashed,
                    Math.max(0, row.begun - row.recovered),
                    row.lost,
                    row.doubled,
                    row.violated,
                    known ? sorted.get(sorted.size() / 2) : null,
                    known ? sorted.get(sorted.size() - 1) : null,
                    row.skipped));
        });
        return rows;
    }
}
