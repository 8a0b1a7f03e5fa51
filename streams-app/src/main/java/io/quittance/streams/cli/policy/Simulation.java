package io.quittance.streams.cli.policy;

import io.quittance.streams.domain.policy.Judgement;
import io.quittance.streams.domain.policy.Policies;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Requests judged by two policies. Keeps counts, and no more of what changes than it is told to, however many requests
 * there are.
 */
public final class Simulation {

    /** From one answer to another. */
    public record Move(String before, String after) implements Comparable<Move> {
        @Override
        public int compareTo(Move other) {
            int byBefore = before.compareTo(other.before);
            return byBefore != 0 ? byBefore : after.compareTo(other.after);
        }

        public boolean changes() {
            return !before.equals(after);
        }
    }

    /** A request that is answered otherwise: by another outcome, by another rule, or by the same rule that changed. */
    public record Change(RecordedRequest request, Judgement before, Judgement after, List<String> differences) {
        public Change {
            differences = List.copyOf(differences);
        }
    }

    private final Policies before;
    private final Policies after;
    private final int mostChanges;
    private final SortedMap<Move, Long> counts = new TreeMap<>();
    private final List<Change> changes = new ArrayList<>();
    private long requests;
    private long changed;

    public Simulation(Policies before, Policies after, int mostChanges) {
        this.before = before;
        this.after = after;
        this.mostChanges = mostChanges;
    }

    public void add(RecordedRequest request) {
        requests++;
        Judgement old = before.judge(request.facts());
        Judgement now = after.judge(request.facts());
        counts.merge(new Move(Answer.outcome(old), Answer.outcome(now)), 1L, Long::sum);
        List<String> differences = differences(Answer.of(old), Answer.of(now));
        if (!differences.isEmpty()) {
            changed++;
            if (changes.size() < mostChanges) {
                changes.add(new Change(request, old, now, differences));
            }
        }
    }

    /** Sentences may change freely; what follows may not. */
    private static List<String> differences(Map<String, String> old, Map<String, String> now) {
        SortedMap<String, String> keys = new TreeMap<>(old);
        keys.putAll(now);
        return keys.keySet().stream()
                .filter(key -> !key.equals(Answer.REASON))
                .filter(key -> !old.getOrDefault(key, "").equals(now.getOrDefault(key, "")))
                .map(key -> key + ": " + old.getOrDefault(key, "none") + " -> " + now.getOrDefault(key, "none"))
                .toList();
    }

    public long requests() {
        return requests;
    }

    /** How many are answered otherwise. */
    public long changed() {
        return changed;
    }

    public SortedMap<Move, Long> counts() {
        return Collections.unmodifiableSortedMap(counts);
    }

    /** The first of those that change. */
    public List<Change> changes() {
        return Collections.unmodifiableList(changes);
    }
}
