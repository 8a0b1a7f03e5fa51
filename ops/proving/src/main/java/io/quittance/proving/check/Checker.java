package io.quittance.proving.check;

import io.quittance.proving.check.TimeFrames.Frame;
import io.quittance.proving.check.Verdict.InvariantRow;
import io.quittance.proving.history.Act;
import io.quittance.proving.history.HistoryDirectory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Judges a run by what it left behind. */
public final class Checker {
    private static final List<Invariant> INVARIANTS = List.of(
            new Accounting(),
            new OneClose(),
            new Permission(),
            new Restraint(),
            new Holdings(),
            new Telling(),
            new NothingLeft(),
            new DeadLetters(),
            new Secrecy());

    private Checker() {}

    /** The ids of all promises. */
    public static Set<String> promises() {
        return INVARIANTS.stream().map(Invariant::id).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Reads the history and judges it.
     *
     * @throws java.io.UncheckedIOException if it is not there, or not whole
     */
    public static Verdict check(HistoryDirectory history) {
        return judge(EvidenceReader.read(history));
    }

    static Verdict judge(Evidence evidence) {
        List<Frame> frames = evidence.frames();
        List<Violation> violations = new ArrayList<>();
        List<InvariantRow> rows = new ArrayList<>();
        for (Invariant invariant : INVARIANTS) {
            var findings = new Findings(invariant.id(), evidence);
            invariant.check(evidence, findings);
            findings.violations()
                    .forEach(violation -> violations.add(
                            violation.during(TimeFrames.underWay(frames, violation.from(), violation.until()))));
            rows.add(new InvariantRow(
                    invariant.id(),
                    invariant.promise(),
                    findings.count(),
                    findings.violations().size(),
                    findings.comparisons(),
                    findings.excused()));
        }
        return new Verdict(
                evidence.run,
                load(evidence),
                endings(evidence),
                FaultTable.of(evidence.faults(), violations),
                rows,
                violations);
    }

    private static Map<String, Long> load(Evidence evidence) {
        Map<String, Long> load = new TreeMap<>();
        for (Act act : evidence.acts) {
            load.merge(act.act().name(), 1L, Long::sum);
        }
        return load;
    }

    private static Map<String, Long> endings(Evidence evidence) {
        Map<String, Long> endings = new TreeMap<>();
        evidence.audits
                .keySet()
                .forEach(request -> evidence.lastAudit(request)
                        .ifPresent(audit -> endings.merge(audit.state() + "/" + audit.code(), 1L, Long::sum)));
        return endings;
    }
}
