package io.quittance.proving.check;

import io.quittance.proving.check.Verdict.Comparisons;
import io.quittance.proving.check.Violation.Kind;
import io.quittance.proving.history.Act;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What one invariant found. */
final class Findings {
    private final String invariant;
    private final Evidence evidence;
    private final List<Violation> violations = new ArrayList<>();
    private final Map<String, Comparisons> comparisons = new TreeMap<>();
    private final Map<String, Long> excused = new TreeMap<>();
    private long looked;

    Findings(String invariant, Evidence evidence) {
        this.invariant = invariant;
        this.evidence = evidence;
    }

    /** One thing was looked at; an invariant that looked at nothing has proven nothing. */
    void looked() {
        looked++;
    }

    void looked(long things) {
        looked += things;
    }

    /**
     * So much happened in the run that a part of the promise is about: it has to be compared with something, or that
     * part is not proven.
     */
    void expecting(String clause, long events) {
        comparisons.merge(clause, new Comparisons(events, 0), Comparisons::plus);
    }

    /** Something was really compared for that part of the promise, and not passed over. */
    void compared(String clause) {
        comparisons.merge(clause, new Comparisons(0, 1), Comparisons::plus);
    }

    /** Something is not as it was meant to be, and for that reason it may be so. */
    void excused(String reason) {
        excused.merge(reason, 1L, Long::sum);
    }

    void lost(@Nullable String requestId, String sentence) {
        about(Kind.LOST, requestId, sentence);
    }

    void doubled(@Nullable String requestId, String sentence) {
        about(Kind.DOUBLED, requestId, sentence);
    }

    void violated(@Nullable String requestId, String sentence) {
        about(Kind.VIOLATED, requestId, sentence);
    }

    /** About a subject, from when anybody first said anything of it until its last request was closed. */
    void onSubject(Kind kind, @Nullable String requestId, String subjectId, String sentence) {
        List<Act> acts = evidence.actsOn(subjectId);
        long from = acts.stream().mapToLong(Act::at).min().orElse(0);
        long until = acts.stream()
                .map(Act::requestId)
                .flatMap(Stream::ofNullable)
                .distinct()
                .mapToLong(request -> evidence.closedAt(request).orElse(Long.MAX_VALUE))
                .max()
                .orElse(Long.MAX_VALUE);
        add(kind, requestId, subjectId, sentence, from, until);
    }

    void add(
            Kind kind, @Nullable String requestId, @Nullable String subjectId, String sentence, long from, long until) {
        violations.add(new Violation(invariant, kind, requestId, subjectId, sentence, from, until, List.of()));
    }

    List<Violation> violations() {
        return violations;
    }

    long count() {
        return looked;
    }

    Map<String, Comparisons> comparisons() {
        return comparisons;
    }

    Map<String, Long> excused() {
        return excused;
    }

    private void about(Kind kind, @Nullable String requestId, String sentence) {
        List<Act> acts = requestId == null ? List.of() : evidence.acts(requestId);
        long from = acts.stream().mapToLong(Act::at).min().orElse(0);
        long until = requestId == null ? 0 : evidence.closedAt(requestId).orElse(Long.MAX_VALUE);
        String subject = acts.stream()
                .map(Act::subjectId)
                .filter(id -> id != null)
                .findFirst()
                .orElse(null);
        add(kind, requestId, subject, sentence, from, until);
    }
}
