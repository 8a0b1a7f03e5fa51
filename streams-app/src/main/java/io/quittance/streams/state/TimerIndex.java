package io.quittance.streams.state;

import io.quittance.streams.codec.RowHeader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which subjects want to be looked at, and when. Derived from the docket store and never stored itself: an entry only
 * makes a docket be loaded, and what is really due is read from the docket. Belongs to one thread, but for
 * {@link #size} and {@link #overdue}.
 */
final class TimerIndex {
    private final TreeSet<Entry> byTime = new TreeSet<>();
    private final Map<String, Long> dueOf = new HashMap<>();

    private record Entry(long due, String subject) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int byDue = Long.compare(due, other.due);
            return byDue != 0 ? byDue : subject.compareTo(other.subject);
        }
    }

    /** @param due epoch milliseconds; {@link RowHeader#NEVER} if the subject waits for nothing */
    synchronized void set(String subject, long due) {
        Long before = due == RowHeader.NEVER ? dueOf.remove(subject) : dueOf.put(subject, due);
        if (before != null && before == due) {
            return;
        }
        if (before != null) {
            byTime.remove(new Entry(before, subject));
        }
        if (due != RowHeader.NEVER) {
            byTime.add(new Entry(due, subject));
        }
    }

    /** Subjects due by now, earliest first. */
    synchronized List<String> dueBy(long now, int most) {
        var due = new ArrayList<String>();
        for (Entry entry : byTime) {
            if (entry.due() > now || due.size() == most) {
                break;
            }
            due.add(entry.subject());
        }
        return due;
    }

    synchronized int size() {
        return byTime.size();
    }

    /** How many are due by now. */
    synchronized int overdue(long now) {
        int count = 0;
        for (Entry entry : byTime) {
            if (entry.due() > now) {
                break;
            }
            count++;
        }
        return count;
    }

    /** When the subject is due; null if never. */
    synchronized @Nullable Long dueOf(String subject) {
        return dueOf.get(subject);
    }
}
