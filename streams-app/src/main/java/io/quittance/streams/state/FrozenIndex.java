package io.quittance.streams.state;

import io.quittance.streams.codec.RowHeader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Subjects with work that waits for a freeze to end, in the order in which it is to go on: the earliest deadline first
 * that the law sets, then the order of arrival. Derived from the docket store as {@link TimerIndex} is.
 */
final class FrozenIndex {
    private final TreeSet<FrozenSubject> inOrder = new TreeSet<>();
    private final Map<String, FrozenSubject> bySubject = new HashMap<>();

    /** A subject's place in the order. */
    record FrozenSubject(long deadline, long since, String subject) implements Comparable<FrozenSubject> {
        private static final Comparator<FrozenSubject> ORDER = Comparator.comparingLong(FrozenSubject::deadline)
                .thenComparingLong(FrozenSubject::since)
                .thenComparing(FrozenSubject::subject);

        @Override
        public int compareTo(FrozenSubject other) {
            return ORDER.compare(this, other);
        }
    }

    synchronized void set(String subject, RowHeader header) {
        remove(subject);
        if (header.frozen()) {
            var place = new FrozenSubject(header.frozenDeadline(), header.frozenSince(), subject);
            bySubject.put(subject, place);
            inOrder.add(place);
        }
    }

    synchronized void remove(String subject) {
        FrozenSubject before = bySubject.remove(subject);
        if (before != null) {
            inOrder.remove(before);
        }
    }

    /** @param last whoever came before; null to begin with the first */
    synchronized List<FrozenSubject> after(@Nullable FrozenSubject last, int most) {
        var next = new ArrayList<FrozenSubject>();
        for (FrozenSubject place : last == null ? inOrder : inOrder.tailSet(last, false)) {
            if (next.size() == most) {
                break;
            }
            next.add(place);
        }
        return next;
    }

    synchronized boolean has(String subject) {
        return bySubject.containsKey(subject);
    }

    synchronized int size() {
        return inOrder.size();
    }
}
