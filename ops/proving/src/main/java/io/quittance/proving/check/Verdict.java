package io.quittance.proving.check;

import io.quittance.proving.history.FaultEvent;
import io.quittance.proving.history.RunInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What came of a run.
 *
 * @param load what was published, by kind
 * @param endings how requests ended, by state
 * @param faults one row for each kind of fault there was
 * @param invariants one row for each promise
 */
public record Verdict(
        RunInfo run,
        Map<String, Long> load,
        Map<String, Long> endings,
        List<FaultRow> faults,
        List<InvariantRow> invariants,
        List<Violation> violations) {

    /** From so many events on, at least one has to lie where something can be compared with it. */
    private static final long ENOUGH = 10;

    /** Whether every promise was kept, and enough happened for that to mean something. */
    public boolean green() {
        return violations.isEmpty() && shortcomings().isEmpty();
    }

    /**
     * Why a run without any violation still proves nothing, as phrases for people; empty if it does prove something.
     */
    public List<String> shortcomings() {
        var phrases = new ArrayList<String>();
        if (!run.quiescent()) {
            phrases.add("not at rest");
        }
        invariants.stream()
                .filter(row -> row.looked() == 0)
                .forEach(row -> phrases.add(row.invariant() + " looked at nothing"));
        invariants.forEach(row -> row.comparisons().forEach((clause, comparisons) -> {
            if (comparisons.made() == 0 && comparisons.events() >= ENOUGH) {
                phrases.add(row.invariant() + " compared nothing with any " + clause);
            }
        }));
        faults.stream()
                .filter(row -> row.unrecovered() > 0)
                .forEach(row -> phrases.add(
                        "no recovery from " + row.unrecovered() + " of " + row.begun() + " " + row.fault()));
        faults.stream().filter(row -> row.crashed() > 0).map(Verdict::crashes).forEach(phrases::add);
        ineffective().map(fault -> "no " + fault + " took effect").forEach(phrases::add);
        return List.copyOf(phrases);
    }

    private static String crashes(FaultRow row) {
        return row.fault().equals(FaultEvent.NONE)
                ? row.crashed() + " crashed while no fault was under way"
                : row.crashed() + " crashed under " + row.fault();
    }

    /** Kinds that were chosen, or begun, and never did anything, although the machine allows them. */
    private Stream<String> ineffective() {
        Set<String> done = faults.stream()
                .filter(row -> row.count() > 0 || row.skipped() != null)
                .map(FaultRow::fault)
                .collect(Collectors.toSet());
        Stream<String> chosen = Arrays.stream(
                        run.options().getOrDefault(RunInfo.FAULTS, "").split(","))
                .filter(kind -> !kind.isEmpty());
        Stream<String> begun = faults.stream().filter(row -> row.begun() > 0).map(FaultRow::fault);
        return Stream.concat(chosen, begun).distinct().sorted().filter(kind -> !done.contains(kind));
    }

    /**
     * A kind of fault.
     *
     * @param count how often it was done, and did something
     * @param failed how often it did not go as planned, or did nothing
     * @param stopped how often a process ended by itself as the fault may bring about
     * @param crashed how often one did without that
     * @param unrecovered how often a partition had no probe come through in time afterwards
     * @param lost violations of that kind while it was under way
     * @param medianRecoveryMs from its end until a request submitted afterwards was closed; null if that is not known
     * @param skipped why the machine does not allow it; null if it does
     */
    public record FaultRow(
            String fault,
            long count,
            long failed,
            long stopped,
            long crashed,
            long unrecovered,
            long lost,
            long doubled,
            long violated,
            @Nullable Long medianRecoveryMs,
            @Nullable Long maxRecoveryMs,
            @Nullable String skipped) {
        private long begun() {
            return count + failed;
        }
    }

    /**
     * A promise.
     *
     * @param looked how many things were looked at
     * @param comparisons by what the promise speaks of, such as a freeze
     * @param excused what was not as it was meant to be and yet is no violation, by reason
     */
    public record InvariantRow(
            String invariant,
            String promise,
            long looked,
            long violations,
            Map<String, Comparisons> comparisons,
            Map<String, Long> excused) {

        public InvariantRow {
            // A verdict of an earlier release says nothing of these.
            comparisons = comparisons == null ? Map.of() : comparisons;
            excused = excused == null ? Map.of() : excused;
        }
    }

    /**
     * What a part of a promise was held against.
     *
     * @param events how much of the kind happened in the run
     * @param made how often something was compared with it
     */
    public record Comparisons(long events, long made) {
        Comparisons plus(Comparisons more) {
            return new Comparisons(events + more.events, made + more.made);
        }
    }
}
